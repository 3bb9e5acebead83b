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

/** The same for where only a string fits: names, previews, titles. */
export function plainly(text: string): string {
  return turning.test(text) ? text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+/gu, '⟨⟩') : text;
}
