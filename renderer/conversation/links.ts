/** Finds links in plain text. What comes out is text and targets; nothing is ever built as markup, and nothing is fetched. */
import { LinkifyIt } from 'linkify-it';

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly target: string };

const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false });
finder.add('//', null);
finder.add('ftp:', null);

/** Only these leave the window; anything else stays text. */
const allowed = /^(?:https?:|mailto:)/iu;

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  const add = (upTo: number): void => {
    if (upTo > from) parts.push({ kind: 'text', text: text.slice(from, upTo) });
  };
  for (const { index, lastIndex, text: shown, url } of finder.match(text) ?? []) {
    if (!allowed.test(url)) continue;
    add(index);
    parts.push({ kind: 'link', text: shown, target: url });
    from = lastIndex;
  }
  add(text.length);
  return parts;
}

/** Signs that turn the direction of what follows (UAX #9): shown, so that nothing hides behind them. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u;

/** The same text cut at direction signs; `sign` parts are to be drawn, not obeyed. */
export function withoutTurning(text: string): readonly { readonly sign: boolean; readonly text: string }[] {
  if (!turning.test(text)) return [{ sign: false, text }];
  return text
    .split(/([\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]+)/u)
    .filter((part) => part !== '')
    .map((part) => ({ sign: turning.test(part), text: part }));
}

/** True for up to three emoji and nothing else. */
export function emojiOnly(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 40) return false;
  if (!/^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u.test(trimmed)) return false;
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/gu, ''))].length <= 3;
}
