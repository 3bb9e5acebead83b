/** What the words of others mean to us; undefined where they mean nothing. */
export type WordTable<T> = (word: string) => T | undefined;

/** A plain object, asked for a word somebody else chose, would also know what 'constructor' and 'toString' are. */
export function wordTable<T>(meanings: Readonly<Record<string, T>>): WordTable<T> {
  const table = new Map(Object.entries(meanings));
  return (word) => table.get(word);
}
