/** Signs that turn the direction of what follows (UAX #9): shown, so that nothing hides behind them. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u;

export const turns = (text: string): boolean => turning.test(text);

/** The same text cut at direction signs; `sign` parts are to be drawn, not obeyed. */
export function withoutTurning(text: string): readonly { readonly sign: boolean; readonly text: string }[] {
  if (!turning.test(text)) return [{ sign: false, text }];
  return text
    .split(/([\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+)/u)
    .filter((part) => part !== '')
    .map((part) => ({ sign: turning.test(part), text: part }));
}

/** Letters of the scripts that run from right to left. */
const fromRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Somebody's words as they may stand in a sentence of ours: held apart (UAX #9, FSI and PDI), so that neither turns round what
 * stands beside it. Where both run the same way nothing is added.
 */
export const apart = (text: string, sentenceFromRight: boolean): string =>
  sentenceFromRight || fromRight.test(text) ? `\u2068${text}\u2069` : text;

/** The same for where only a string fits: names, previews, titles. */
export function plainly(text: string): string {
  return turning.test(text) ? text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+/gu, '⟨⟩') : text;
}
