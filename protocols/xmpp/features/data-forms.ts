/** XEP-0004: forms as far as we read and fill them in. */

export const NS_DATA = 'jabber:x:data';

/** The order of i;octet, in which standards sort what they hash. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
