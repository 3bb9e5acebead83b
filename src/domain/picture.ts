/** Pictures of people: which kinds there are, and how big one may be. Nothing here looks inside one. */

/** Bytes. Others send bigger ones; they are not taken. */
export const largestPicture = 512 * 1024;

/** With '.' for any byte. */
const kinds: readonly (readonly [type: string, begins: string])[] = [
  ['image/png', '\u0089PNG\r\n\u001a\n'],
  ['image/jpeg', '\u00ff\u00d8\u00ff'],
  ['image/gif', 'GIF8.a'],
  ['image/webp', 'RIFF....WEBP'],
];

export const pictureTypes: readonly string[] = kinds.map(([type]) => type);

/** What it is by how it begins, whatever anyone calls it; undefined for what no window is to be shown. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const fits = (begins: string): boolean =>
    [...begins].every((one, at) => one === '.' || one.charCodeAt(0) === bytes[at]);
  return kinds.find(([, begins]) => fits(begins))?.[0];
}

/** An avatar's name as it stands in a URL. */
export const isAvatar = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
