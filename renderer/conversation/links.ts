/** Finds links in plain text. What comes out is text and targets; nothing is ever built as markup, and nothing is fetched. */
import { LinkifyIt } from 'linkify-it';
import { turns } from '../look/turning.ts';

export interface Link {
  readonly kind: 'link';
  readonly text: string;
  readonly target: string;
  /** Where the link really leads, said after it when its text could be misread. */
  readonly host?: string;
}

export type TextPart = { readonly kind: 'text'; readonly text: string } | Link;

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
  for (const { index, lastIndex } of finder.match(text) ?? []) {
    const end = lastIndex + namePart(text, index, lastIndex).length;
    const shown = text.slice(index, end);
    if (index < from || !allowed.test(shown)) continue;
    const host = misreadHost(shown);
    if (host === 'none') continue;
    add(index);
    parts.push({ kind: 'link', text: shown, target: shown, ...(host === undefined ? {} : { host }) });
    from = end;
  }
  add(text.length);
  return parts;
}

/** The link that all of a text is; undefined for anything else, and for what may not leave the window. */
export function linkOf(text: string): Link | undefined {
  const [only] = textParts(text);
  return only?.kind === 'link' && only.text === text ? only : undefined;
}

/** A name before the host (RFC 3986, 3.2.1) that the finder stopped at, with all that follows: the host is behind it. */
function namePart(text: string, index: number, lastIndex: number): string {
  if (!/^https?:\/\/[^/?#]*$/iu.test(text.slice(index, lastIndex))) return '';
  return /^[^\s/?#<>"]*@[^\s<>"]*[^\s<>"'.,;:!?)\]}]/u.exec(text.slice(lastIndex))?.[0] ?? '';
}

/** The host in its plain letters when the text hides it; 'none' when it leads nowhere; undefined when it says it itself. */
function misreadHost(target: string): string | undefined {
  const mail = /^mailto:(?:[^?]*@)?([^?]*)/iu.exec(target)?.[1];
  const address = mail === undefined ? target : `https://${mail}`;
  // Whoever gives a mail program no more than words is not led anywhere.
  if (!URL.canParse(address)) return mail === undefined ? 'none' : undefined;
  const { host } = new URL(address);
  const written = /^https?:\/\/([^/?#]*)/iu.exec(address)?.[1] ?? '';
  // A host in other letters or numbers (UTS #46, 0x7f.1), one behind a name, and one with signs in it are not what they look like.
  const plain = written.toLowerCase().replace(/:(?:80|443)?$/u, '') === host.replace(/:(?:80|443)$/u, '');
  return plain && !/(?:^|\.)xn--/u.test(host) && !turns(target) ? undefined : host;
}

/** True for up to three emoji and nothing else. */
export function emojiOnly(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 40) return false;
  if (!/^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s)+$/u.test(trimmed)) return false;
  if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/gu, ''))].length <= 3;
}
