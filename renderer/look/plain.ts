/** Texts as they are compared: case, accents and width make no difference. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase();

export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** The text in pieces, of which one is what was sought: at the beginning of a word if it stands there, else anywhere. */
export function pieces(text: string, sought: string): readonly Piece[] {
  const wanted = plain(sought.trim());
  if (wanted === '') return [{ text, found: false }];
  // Where each character of the compared text comes from.
  const from: number[] = [];
  let compared = '';
  for (const { segment, index } of characters.segment(text)) {
    const folded = plain(segment);
    compared += folded;
    for (let unit = 0; unit < folded.length; unit += 1) from.push(index);
  }
  const start = placeOf(compared, wanted);
  if (start < 0) return [{ text, found: false }];
  const begin = from[start]!;
  const end = from.find((index, unit) => unit >= start + wanted.length && index > begin) ?? text.length;
  return [
    { text: text.slice(0, begin), found: false },
    { text: text.slice(begin, end), found: true },
    { text: text.slice(end), found: false },
  ].filter((piece) => piece.text !== '');
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function placeOf(compared: string, wanted: string): number {
  if (compared.startsWith(wanted)) return 0;
  for (let at = compared.indexOf(wanted, 1); at > 0; at = compared.indexOf(wanted, at + 1))
    if (/\s/u.test(compared[at - 1]!)) return at;
  return compared.indexOf(wanted);
}
