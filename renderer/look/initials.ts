/** The one or two letters that stand for a name. */
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first two words. Scripts that are written joined or without spaces get one. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const letters = words.slice(0, 2).map(firstLetter);
  const single = /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  if (letters.length === 0) return '';
  if (name.includes('@') || single.test(letters[0]!)) return letters[0]!.toLocaleUpperCase();
  return letters.join('').toLocaleUpperCase();
}

/** Marks and direction signs before the letter are passed over. */
function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) {
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment;
  }
  return '';
}
