/** SASL, RFC 6120 section 6: the strongest mechanism both sides know, and never the password in plain text if it can be helped. */
import { randomBytes } from 'node:crypto';
import { KithError } from '../../../src/base/index.ts';
import { saslFailure } from './conditions.ts';
import { type Element, xml } from './element.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import { prepared, Scram, type ScramHash } from './scram.ts';
import type { Wire } from './wire.ts';

export interface Authenticating {
  /** The local part of the address. */
  readonly name: string;
  /** The certificate verified, and was not merely accepted by a person. */
  readonly verified: boolean;
  password(): Promise<string>;
}

/** Strongest first. */
const scrams: readonly (readonly [mechanism: string, hash: ScramHash])[] = [
  ['SCRAM-SHA-512', 'sha512'],
  ['SCRAM-SHA-256', 'sha256'],
  ['SCRAM-SHA-1', 'sha1'],
];

/** Resolves when both sides are proven; the stream must then begin anew. The password is asked for only when a mechanism is found. */
export async function authenticate(
  wire: Wire,
  features: Element,
  as: Authenticating,
  patience: Patience,
): Promise<void> {
  const offered = new Set(
    features
      .child('mechanisms', ns.sasl)
      ?.childrenNamed('mechanism')
      .map((mechanism) => mechanism.text().trim()),
  );
  const scram = scrams.find(([mechanism]) => offered.has(mechanism));
  if (scram !== undefined) {
    const [mechanism, hash] = scram;
    const password = await patience.until(as.password());
    await proveEachOther(
      wire,
      mechanism,
      new Scram(hash, as.name, password, randomBytes(24).toString('base64')),
      patience,
    );
  } else if (!offered.has('PLAIN')) {
    throw new KithError('server-refused', 'The server offers no way to sign in that is known here');
  } else if (!as.verified) {
    throw new KithError(
      'certificate',
      'The server wants the password in plain text, and its certificate does not verify',
    );
  } else {
    const password = await patience.until(as.password());
    wire.write(auth('PLAIN', `\0${prepared(as.name)}\0${prepared(password)}`));
    await expect(wire, 'success', patience);
  }
}

async function proveEachOther(wire: Wire, mechanism: string, scram: Scram, patience: Patience): Promise<void> {
  wire.write(auth(mechanism, scram.first()));
  const challenge = await expect(wire, 'challenge', patience);
  const response = await patience.until(scram.answer(textIn(challenge)));
  wire.write(xml('response', ns.sasl, {}, encoded(response)));
  let last = await expect(wire, 'either', patience);
  let proven = false;
  // The proof may come before the success, in a challenge of its own, or with it.
  if (last.is('challenge')) {
    scram.prove(textIn(last));
    proven = true;
    wire.write(xml('response', ns.sasl));
    last = await expect(wire, 'success', patience);
  }
  if (!proven) scram.prove(textIn(last));
}

function auth(mechanism: string, first: string): Element {
  return xml('auth', ns.sasl, { mechanism }, encoded(first));
}

async function expect(wire: Wire, wanted: 'challenge' | 'success' | 'either', patience: Patience): Promise<Element> {
  const answer = await patience.step(wire.next(), 'Signing in');
  if (answer.is('failure', ns.sasl)) throw saslFailure(answer);
  const kind = answer.xmlns === ns.sasl ? answer.name : '';
  if (wanted === 'challenge' && kind === 'success')
    throw new KithError('server-unproven', 'The server let us in without knowing the password');
  if (kind === wanted || (wanted === 'either' && (kind === 'challenge' || kind === 'success'))) return answer;
  throw wire.fail({ condition: 'bad-format', text: 'An answer out of turn while signing in' });
}

/** RFC 6120 section 6.4.2: '=' stands for nothing said, as distinct from nothing to say. */
function encoded(text: string): string {
  return text === '' ? '=' : Buffer.from(text, 'utf8').toString('base64');
}

function textIn(element: Element): string {
  const text = element.text().trim();
  return text === '=' ? '' : Buffer.from(text, 'base64').toString('utf8');
}
