/** How long a message may be: one limit for every road it can take. */
import { KithError } from '../base/index.ts';

/** In bytes of UTF-8. */
export const longestMessage = 64 * 1024;

/** Throws 'invalid-argument' with both sizes. */
export function checkLength(body: string): void {
  const bytes = utf8Length(body);
  if (bytes <= longestMessage) return;
  const sizes = `${kilobytes(bytes)} of at most ${kilobytes(longestMessage)}`;
  throw new KithError('invalid-argument', `This message is too long: ${sizes}`);
}

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1024)} kB`;

function utf8Length(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
