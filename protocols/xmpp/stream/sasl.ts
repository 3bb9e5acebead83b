/** One authentication over the wire, in either of the two profiles: RFC 6120 section 6 and XEP-0388. */
import { KithError } from '../../../src/base/index.ts';
import { saslFailure } from './conditions.ts';
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

/** Resolves with the server's success, when both sides are proven. Rejects with what the server refused, or 'server-unproven'. */
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
    if (kind === 'failure') throw saslFailure(answer);
    if (kind === 'success') {
      mechanism.prove(profile.told(answer));
      return answer;
    }
    if (kind !== 'challenge')
      throw wire.fail({ condition: 'bad-format', text: 'An answer out of turn while signing in' });
    const challenge = profile.told(answer) ?? Buffer.alloc(0);
    wire.write(profile.respond(await patience.until(mechanism.answer(challenge))));
  }
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
