/** SASLprep, RFC 4013: names and passwords as both sides must spell them before they are compared. */
import { KithError } from '../../../src/base/index.ts';

/** RFC 3454 table C.1.2: spaces of every kind become one. */
const spaces = /[\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}]/gu;

/** RFC 3454 table B.1: what is not seen is not there. The zero-width space stands in both tables; here it is not there. */
const invisible =
  /\u{AD}|\u{34F}|\u{1806}|[\u{180B}-\u{180D}]|[\u{200B}-\u{200D}]|\u{2060}|[\u{FE00}-\u{FE0F}]|\u{FEFF}/gu;

/** RFC 3454 tables C.2.1 to C.9: control characters, private use, non-characters, surrogates, marks for display, tags. */
const prohibited = new RegExp(
  [
    '[\\u{0}-\\u{1F}\\u{7F}-\\u{9F}\\u{6DD}\\u{70F}\\u{180E}\\u{2028}\\u{2029}\\u{2060}-\\u{2063}\\u{206A}-\\u{206F}]',
    '[\\u{FFF9}-\\u{FFFD}\\u{1D173}-\\u{1D17A}\\u{2FF0}-\\u{2FFB}\\u{340}\\u{341}\\u{200E}\\u{200F}\\u{202A}-\\u{202E}]',
    '[\\u{E0001}\\u{E0020}-\\u{E007F}]|\\p{Co}|\\p{Cs}|\\p{Noncharacter_Code_Point}',
  ].join('|'),
  'u',
);

/** RFC 3454 table D.1: letters written from right to left. */
const rightToLeft = new RegExp(
  [
    '[\\u{5BE}\\u{5C0}\\u{5C3}\\u{5D0}-\\u{5EA}\\u{5F0}-\\u{5F4}\\u{61B}\\u{61F}\\u{621}-\\u{63A}\\u{640}-\\u{64A}]',
    '[\\u{66D}-\\u{66F}\\u{671}-\\u{6D5}\\u{6E5}\\u{6E6}\\u{6FA}-\\u{6FE}\\u{700}-\\u{70D}\\u{710}\\u{712}-\\u{72C}]',
    '[\\u{780}-\\u{7A5}\\u{7B1}\\u{FB1D}\\u{FB1F}-\\u{FB28}\\u{FB2A}-\\u{FB36}\\u{FB38}-\\u{FB3C}\\u{FB3E}]',
    '[\\u{FB40}\\u{FB41}\\u{FB43}\\u{FB44}\\u{FB46}-\\u{FBB1}\\u{FBD3}-\\u{FD3D}\\u{FD50}-\\u{FD8F}]',
    '[\\u{FD92}-\\u{FDC7}\\u{FDF0}-\\u{FDFC}\\u{FE70}-\\u{FE74}\\u{FE76}-\\u{FEFC}]',
  ].join('|'),
  'u',
);

/**
 * Throws 'authentication-failed' for what no server can have stored. Characters younger than the standard's Unicode pass, as
 * they do in a query (RFC 3454 section 7).
 */
export function prepared(text: string): string {
  const mapped = text.replace(spaces, ' ').replace(invisible, '').normalize('NFKC');
  if (mapped === '') throw refusal('it is empty');
  if (prohibited.test(mapped)) throw refusal('it holds characters that cannot be typed');
  if (!oneDirection(mapped)) throw refusal('it mixes writing from the left and from the right');
  return mapped;
}

/** RFC 3454 section 6: with letters from right to left there are no others, and they stand first and last. */
function oneDirection(text: string): boolean {
  const letters = [...text];
  const turned = (letter: string | undefined): boolean => letter !== undefined && rightToLeft.test(letter);
  if (!letters.some(turned)) return true;
  // What is a letter and not in table D.1 runs from left to right.
  return turned(letters[0]) && turned(letters.at(-1)) && !letters.some((one) => /\p{L}/u.test(one) && !turned(one));
}

function refusal(why: string): KithError {
  return new KithError('authentication-failed', `This name or password cannot be used to sign in: ${why}`);
}
