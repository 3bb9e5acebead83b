/** Whether somebody is meant by what is said in a room: their nick stands in it as a word of its own, in any case. */

/** From the first letter of the name to behind its last. */
export interface NamePlace {
  readonly start: number;
  readonly end: number;
}

const word = /[\p{L}\p{N}\p{M}_]/u;

/** Every place where `name` stands in `text`, from left to right; none for a name without a letter in it. */
export function namePlaces(text: string, name: string): readonly NamePlace[] {
  const [wanted, within] = [name.trim().toLowerCase(), text.toLowerCase()];
  // Lower case may be longer (İ): then no place would be where it seems.
  if (!/[\p{L}\p{N}]/u.test(wanted) || within.length !== text.length) return [];
  const places: NamePlace[] = [];
  for (let start = within.indexOf(wanted); start >= 0; start = within.indexOf(wanted, start + wanted.length)) {
    const end = start + wanted.length;
    if (standsAlone(within, wanted, start, end)) places.push({ start, end });
  }
  return places;
}

export const mentions = (text: string, name: string): boolean => namePlaces(text, name).length > 0;

/** Scripts that write no spaces cannot be asked for any: there a name is meant wherever it stands. */
function standsAlone(text: string, name: string, start: number, end: number): boolean {
  const before = [...text.slice(0, start).slice(-2)].at(-1) ?? '';
  const after = [...text.slice(end, end + 2)][0] ?? '';
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
  const edge = (inside: string, outside: string): boolean =>
    !word.test(outside) || !word.test(inside) || unspaced.test(inside);
  return edge(name.slice(0, 1), before) && edge(name.slice(-1), after);
}
