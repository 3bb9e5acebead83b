/** One authentication over the wire, in either of the two profiles: RFC 6120 section 6 and XEP-0388. */
import { KithError } from '../../../src/base/index.ts';
import { type Element, xml } from './element.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import { prepared } from './saslprep.ts';
import type { Wire } from './wire.ts';

/** A way to prove who one is. The client speaks first in all that are known here. */
export interface Mechanism {
  readonly name: string;
  first(): Buffer;
  /** Throws 'server-unproven' for a challenge no honest server sends. */
  answer(challenge: Buffer): Promise<Buffer>;
  /** The server let us in, perhaps with a last word. Throws 'server-unproven' when it could not prove itself and should have. */
  prove(last: Buffer | undefined): void;
}

/** How a mechanism's words are wrapped. */
export interface SaslProfile {
  readonly xmlns: string;
  begin(mechanism: Mechanism): Element;
  respond(answer: Buffer): Element;
  /** What the mechanism is told in a challenge or with a success; undefined when nothing. */
  told(answer: Element): Buffer | undefined;
}

/** RFC 6120 section 6.4.2: '=' stands for nothing said, as distinct from nothing to say. */
export const firstProfile: SaslProfile = {
  xmlns: ns.sasl,
  begin: (mechanism) => {
    const first = mechanism.first();
    return xml('auth', ns.sasl, { mechanism: mechanism.name }, first.length === 0 ? '=' : first.toString('base64'));
  },
  respond: (answer) => xml('response', ns.sasl, {}, answer.length === 0 ? undefined : answer.toString('base64')),
  told: (answer) => {
    const text = answer.text().trim();
    return text === '' ? undefined : Buffer.from(text === '=' ? '' : text, 'base64');
  },
};

/** XEP-0388: `beside` goes along with the first word. */
export function secondProfile(beside: readonly Element[]): SaslProfile {
  return {
    xmlns: ns.sasl2,
    begin: (mechanism) => {
      const first = xml('initial-response', ns.sasl2, {}, mechanism.first().toString('base64'));
      return xml('authenticate', ns.sasl2, { mechanism: mechanism.name }, first, ...beside);
    },
    respond: (answer) => xml('response', ns.sasl2, {}, answer.length === 0 ? undefined : answer.toString('base64')),
    told: (answer) => {
      const told = answer.name === 'challenge' ? answer : answer.child('additional-data');
      return told === undefined ? undefined : Buffer.from(told.text().trim(), 'base64');
    },
  };
}

/**
 * Resolves with the server's last word: a success, when both sides are proven, or a failure. Rejects 'server-unproven' when we are let
 * in by a server that did not prove itself.
 */
export async function exchange(
  wire: Wire,
  profile: SaslProfile,
  mechanism: Mechanism,
  patience: Patience,
): Promise<Element> {
  wire.write(profile.begin(mechanism));
  for (;;) {
    const answer = await patience.step(wire.next(), 'Signing in');
    const kind = answer.xmlns === profile.xmlns ? answer.name : '';
    if (kind === 'success') mechanism.prove(profile.told(answer));
    if (kind === 'success' || kind === 'failure') return answer;
    if (kind === 'continue') throw furtherTasks(answer);
    if (kind !== 'challenge')
      throw wire.fail({ condition: 'bad-format', text: 'An answer out of turn while signing in' });
    const challenge = profile.told(answer) ?? Buffer.alloc(0);
    wire.write(profile.respond(await patience.until(mechanism.answer(challenge))));
  }
}

/** XEP-0388 section 2.6.3: a second factor, or a new password. None of them is known here. */
function furtherTasks(answer: Element): KithError {
  const tasks = answer.child('tasks')?.childrenNamed('task') ?? [];
  const names = tasks.map((task) => task.text().trim().slice(0, 40)).join(', ');
  return new KithError('not-supported', `The server wants a further step to sign in that Kith cannot take (${names})`);
}

/** RFC 4616: the password itself. For connections that nobody else can be on the other end of. */
export function plain(name: string, password: string): Mechanism {
  const first = Buffer.from(`\0${prepared(name)}\0${prepared(password)}`);
  return {
    name: 'PLAIN',
    first: () => first,
    answer: async () => {
      throw new KithError('server-unproven', 'The server challenges where there is nothing to ask');
    },
    prove: () => {},
  };
}
