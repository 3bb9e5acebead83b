/** What a program can do, under a hash that others look up once: XEP-0115, and XEP-0390 that is to follow it. */
import { type Element, xml } from '../stream/element.ts';
import { hashOf, NS_CAPS_2, NS_HASHES } from './caps-hash.ts';
import { verificationOf } from './caps-verification.ts';

export const NS_CAPS = 'http://jabber.org/protocol/caps';
export const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info';
/** Who wrote this program; together with the hash it names what is asked for. */
const capsNode = 'https://kith.im';

const identity = { category: 'client', type: 'pc', name: 'Kith' } as const;

/** A hash somebody claims for what their program can do. */
export interface Claim {
  /** Names the hash in our memory. */
  readonly key: string;
  /** What to ask for. */
  readonly node: string;
  /** Whether the answer is what the hash is of: else anyone could speak for all with the same program. */
  proves(info: Element): boolean;
}

/** The claim in a presence, the stronger hash first; undefined without one, or under a hash we cannot compute. */
export function claimIn(presence: Element): Claim | undefined {
  const strong = presence
    .child('c', NS_CAPS_2)
    ?.childrenNamed('hash', NS_HASHES)
    .find((hash) => hash.attribute('algo') === 'sha-256')
    ?.text()
    .trim();
  if (strong !== undefined && strong !== '')
    return { key: `sha-256.${strong}`, node: strongNode(strong), proves: (info) => hashOf(info) === strong };
  const caps = presence.child('c', NS_CAPS);
  const ver = caps?.attribute('ver');
  if (caps === undefined || ver === undefined) return undefined;
  return {
    key: ver,
    node: `${caps.attribute('node') ?? ''}#${ver}`,
    proves: (info) => caps.attribute('hash') === 'sha-1' && verificationOf(info) === ver,
  };
}

/** What disco#info answers of us. */
export function ownInfo(advertised: readonly string[], node?: string): Element {
  return xml(
    'query',
    NS_DISCO_INFO,
    { node },
    xml('identity', NS_DISCO_INFO, identity),
    ...advertised.map((feature) => xml('feature', NS_DISCO_INFO, { var: feature })),
  );
}

/** The names under which our own abilities may be asked for. */
export function ownNodes(advertised: readonly string[]): readonly string[] {
  const { ver, hash } = own(advertised);
  return [`${capsNode}#${ver}`, strongNode(hash)];
}

/** What our presence bears. */
export function capsOf(advertised: readonly string[]): readonly Element[] {
  const { ver, hash } = own(advertised);
  return [
    xml('c', NS_CAPS, { hash: 'sha-1', node: capsNode, ver }),
    xml('c', NS_CAPS_2, {}, xml('hash', NS_HASHES, { algo: 'sha-256' }, hash)),
  ];
}

function own(advertised: readonly string[]): { readonly ver: string; readonly hash: string } {
  const info = ownInfo(advertised);
  return { ver: verificationOf(info) ?? '', hash: hashOf(info) };
}

/** XEP-0390 section 4.4. */
function strongNode(hash: string): string {
  return `${NS_CAPS_2}#sha-256.${hash}`;
}
