/** What a server offers to sign in with, and the strongest of it that can be used without being led astray. */
import { KithError } from '../../../src/base/index.ts';
import { bindingTypes, type Bindings } from './channel-binding.ts';
import type { Element } from './element.ts';
import type { Protection } from './encryption.ts';
import { ns } from './namespaces.ts';
import type { ScramBinding, ScramHash } from './scram.ts';

export interface Offer {
  /** RFC 6120 or XEP-0388. */
  readonly profile: 'first' | 'second';
  readonly mechanisms: readonly string[];
  /** The channel bindings announced by XEP-0440; undefined when nothing is announced. */
  readonly types: readonly string[] | undefined;
  /** What can be done in the same breath; the first profile knows nothing of that. */
  readonly inline: Element | undefined;
}

export interface Choice {
  readonly offer: Offer;
  readonly mechanism: string;
  /** Undefined for PLAIN. */
  readonly scram: { readonly hash: ScramHash; readonly binding: ScramBinding } | undefined;
}

export interface Choosing {
  /** What this connection can be bound by. */
  readonly bindings: Bindings;
  readonly protection: Protection;
  /** The mechanism last used with success. */
  readonly pinned: string | undefined;
}

/** Strongest first. */
const scrams: readonly (readonly [name: string, hash: ScramHash])[] = [
  ['SCRAM-SHA-512', 'sha512'],
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-1', 'sha1'],
];

/** Strongest first. Who is bound to the connection is safe even from a forged certificate, whatever the hash. */
const strengths = [...scrams.map(([name]) => `${name}-PLUS`), ...scrams.map(([name]) => name), 'PLAIN'];

/** Throws 'server-refused' when nothing is known here, 'certificate', 'not-encrypted' or 'downgraded' when it must not be used. */
export function choose(features: Element, how: Choosing): Choice {
  const found = offersIn(features).map((offer) => best(offer, how));
  const choices = found.filter((one): one is Choice => !(one instanceof KithError));
  const [fault] = found.filter((one): one is KithError => one instanceof KithError);
  const [choice] = choices.toSorted((a, b) => strengthOf(a) - strengthOf(b));
  // One profile in order is enough.
  if (choice === undefined && fault !== undefined) throw fault;
  if (choice === undefined)
    throw new KithError('server-refused', 'The server offers no way to sign in that is known here');
  if (choice.scram === undefined) checkPlain(how.protection);
  checkPin(choice, how.pinned);
  return choice;
}

/** XEP-0474 section 5.1: what a server vouches for when it sends a hash of it. */
export function spelled({ mechanisms, types }: Offer): string {
  const listed = (names: readonly string[]) => names.toSorted(byOctets).join('\u{1E}');
  return types === undefined ? listed(mechanisms) : `${listed(mechanisms)}\u{1F}${listed(types)}`;
}

function offersIn(features: Element): Offer[] {
  const types = features
    .child('sasl-channel-binding', ns.channelBinding)
    ?.childrenNamed('channel-binding')
    .flatMap((one) => one.attribute('type') ?? []);
  const offers: Offer[] = [];
  const second = features.child('authentication', ns.sasl2);
  const first = features.child('mechanisms', ns.sasl);
  if (second !== undefined) {
    offers.push({ profile: 'second', mechanisms: namesIn(second), types, inline: second.child('inline') });
  }
  if (first !== undefined) offers.push({ profile: 'first', mechanisms: namesIn(first), types, inline: undefined });
  return offers.filter(({ mechanisms }) => mechanisms.some((name) => strengths.includes(name)));
}

function namesIn(list: Element): string[] {
  return list.childrenNamed('mechanism').map((mechanism) => mechanism.text().trim());
}

/** An error where somebody on the way may have changed the offer (XEP-0440 section 3). */
function best(offer: Offer, { bindings }: Choosing): Choice | KithError {
  const offered = new Set(offer.mechanisms);
  const bound = scrams.find(([name]) => offered.has(`${name}-PLUS`));
  const unbound = scrams.find(([name]) => offered.has(name));
  if (bound !== undefined && bindings.size > 0) {
    const [name, hash] = bound;
    // In the second profile, who offers to be bound says by what. The first one knows no such rule.
    if (offer.profile === 'second' && offer.types === undefined)
      return tampered('The server offers to be bound to the connection and does not say by what');
    const binding = bindingFor(offer, bindings);
    if (binding === undefined) return tampered('The server announces no channel binding that this connection has');
    return { offer, mechanism: `${name}-PLUS`, scram: { hash, binding } };
  }
  if (unbound === undefined) return { offer, mechanism: 'PLAIN', scram: undefined };
  if (offer.types !== undefined && bound === undefined)
    return tampered('The server announces channel bindings and offers no way to use them');
  const [mechanism, hash] = unbound;
  return { offer, mechanism, scram: { hash, binding: { flag: bindings.size > 0 ? 'y' : 'n' } } };
}

/** The strongest both sides know. Where nothing is announced it is the one that TLS of this version is bound by. */
function bindingFor({ types }: Offer, bindings: Bindings): ScramBinding | undefined {
  for (const type of bindingTypes) {
    const data = bindings.get(type);
    if (data !== undefined && (types?.includes(type) ?? true)) return { flag: 'p', type, data };
  }
  return undefined;
}

/** The password itself goes only to whom somebody vouches for. */
function checkPlain(protection: Protection): void {
  const wish = 'The server wants the password in plain text';
  if (protection === 'accepted') throw new KithError('certificate', `${wish}, and its certificate does not verify`);
  if (protection === 'none') throw new KithError('not-encrypted', `${wish}, and offers no encryption`);
}

function checkPin({ mechanism }: Choice, pinned: string | undefined): void {
  if (pinned === undefined || strengths.indexOf(mechanism) <= strengths.indexOf(pinned)) return;
  throw new KithError(
    'downgraded',
    `The server offers ${mechanism} where it used to take ${pinned}. If it was changed on purpose, give the password anew`,
  );
}

function strengthOf({ mechanism }: Choice): number {
  return strengths.indexOf(mechanism);
}

/** The collation 'i;octet'. */
function byOctets(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function tampered(what: string): KithError {
  return new KithError('downgraded', what);
}
