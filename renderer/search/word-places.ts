/** Where the words one looked for stand in a text. */
import { plain } from '../look/plain.ts';

/** In UTF-16 units; `end` is behind the last. */
export interface WordPlace {
  readonly start: number;
  readonly end: number;
}

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Every word of `text` that begins as one of the words in `sought`, whatever their case and accents; marked whole. Signs are marked where they stand. */
export function wordPlaces(text: string, sought: string): readonly WordPlace[] {
  const wanted = [...sought.matchAll(word)].map(([found]) => plain(found));
  if (wanted.length === 0) return literalPlaces(text, sought.trim());
  const places: WordPlace[] = [];
  for (const { 0: found, index } of text.matchAll(word)) {
    const folded = plain(found);
    if (wanted.some((each) => folded.startsWith(each))) places.push({ start: index, end: index + found.length });
    else for (const each of wanted) places.push(...within(found, each, index));
  }
  return places;
}

/** Writing that puts no spaces between its words has them in the middle of others. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const within = (found: string, wanted: string, offset: number): readonly WordPlace[] =>
  unspaced.test(wanted)
    ? literalPlaces(found, wanted).map(({ start, end }) => ({ start: start + offset, end: end + offset }))
    : [];

function literalPlaces(text: string, sought: string): readonly WordPlace[] {
  if (sought === '') return [];
  const places: WordPlace[] = [];
  for (let start = text.indexOf(sought); start >= 0; start = text.indexOf(sought, start + sought.length))
    places.push({ start, end: start + sought.length });
  return places;
}

const before = 40;
const longest = 160;

/** As much of a long text as fits two lines, with the first place in sight. On one line. */
export function excerpt(text: string, sought: string): string {
  const [first] = wordPlaces(text, sought);
  const start = first === undefined || first.start <= 2 * before ? 0 : first.start - before;
  const cut = text.slice(start, start + longest);
  const one = cut.replace(/\s+/gu, ' ').trim();
  return `${start > 0 ? '…' : ''}${one}${start + longest < text.length ? '…' : ''}`;
}
