/** XEP-0115: what we can do, as a hash that others look up once. */
import { createHash } from 'node:crypto';
import { type Element, xml } from '../stream/element.ts';

export const NS_CAPS = 'http://jabber.org/protocol/caps';
/** Who wrote this program; together with the hash it names what is asked for. */
export const capsNode = 'https://kith.im';

export interface Identity {
  readonly category: string;
  readonly type: string;
  readonly name: string;
}
export const identity: Identity = { category: 'client', type: 'pc', name: 'Kith' };

/** XEP-0115 section 5.1, without forms: SHA-1 over identities and features, each sorted by its bytes. */
export function verificationOf(identities: readonly string[], features: readonly string[]): string {
  const sorted = (list: readonly string[]) => list.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = [...sorted(identities), ...sorted(features)].map((one) => `${one}<`).join('');
  return createHash('sha1').update(text).digest('base64');
}

export function ownVerification(advertised: readonly string[]): string {
  return verificationOf([`${identity.category}/${identity.type}//${identity.name}`], advertised);
}

/** The `<c/>` in our presence. */
export function capsOf(advertised: readonly string[]): Element {
  return xml('c', NS_CAPS, { hash: 'sha-1', node: capsNode, ver: ownVerification(advertised) });
}
