/** Letters of links (RFC 3986 section 2.1). */
import { KithError } from '../../src/base/index.ts';

/** Throws 'invalid-argument'. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new KithError('invalid-argument', 'This link is broken: a “%” in it is not followed by a character', {
      cause,
    });
  }
}
