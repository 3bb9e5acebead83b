/** Signing in: by the token a server once gave, else by the password, with the strongest mechanism both sides know. */
import { asKithError, type Clock, KithError } from '../../../src/base/index.ts';
import type { Bindings } from './channel-binding.ts';
import { saslCondition, saslFailure } from './conditions.ts';
import type { LoginMemory } from './contract.ts';
import { type Element, xml } from './element.ts';
import type { Protection } from './encryption.ts';
import { Fast } from './fast.ts';
import { tokenLogin } from './hashed-token.ts';
import { type Inline, inlineRequest, type Wishes } from './inline.ts';
import { ns } from './namespaces.ts';
import { type Choice, choose, spelled } from './offers.ts';
import type { Patience } from './patience.ts';
import { exchange, firstProfile, type Mechanism, plain, secondProfile } from './sasl.ts';
import { Scram } from './scram.ts';
import type { Wire } from './wire.ts';

export interface Authenticating {
  /** The local part of the address. */
  readonly name: string;
  readonly protection: Protection;
  readonly bindings: Bindings;
  readonly memory: LoginMemory;
  readonly clock: Clock;
  readonly wishes: Wishes;
  password(): Promise<string>;
}

/** Undefined after the first profile, when the stream must begin anew; else what was done in the same breath. */
export type Authenticated = { readonly success: Element; readonly inline: Inline } | undefined;

/** Resolves when both sides are proven. The password is asked for only when there is a way to use it, and not when a token will do. */
export async function authenticate(
  wire: Wire,
  features: Element,
  as: Authenticating,
  patience: Patience,
): Promise<Authenticated> {
  const { bindings, protection, memory } = as;
  const choice = choose(features, { bindings, protection, pinned: memory.mechanism });
  if (choice.offer.profile === 'second') return await bySecondProfile(wire, choice, as, patience);
  const mechanism = await byPassword(choice, as, patience);
  const answer = await exchange(wire, firstProfile, mechanism, patience);
  // Before it has challenged us it can only mind who we are or what we are bound by.
  if (answer.name === 'failure' && boundUnasked(choice) && mechanism instanceof Scram && !mechanism.challenged)
    throw new BindingRefused(answer);
  accepted(answer, choice, memory);
  return undefined;
}

/**
 * A server of before RFC 9266 may offer -PLUS on TLS 1.3 all the same and mean `tls-unique`, which is not defined there (ejabberd did
 * until 23.04). On TLS 1.2 both sides mean the same.
 */
export class BindingRefused extends KithError {
  constructor(failure: Element) {
    super(
      'server-refused',
      `It offers to be bound to the connection, and does not know how (${saslCondition(failure)})`,
    );
  }
}

/** By the binding of TLS 1.3, of which the server did not say that it knows it. */
function boundUnasked({ offer, scram }: Choice): boolean {
  return offer.types === undefined && scram?.binding.flag === 'p' && scram.binding.type === 'tls-exporter';
}

async function bySecondProfile(
  wire: Wire,
  choice: Choice,
  as: Authenticating,
  patience: Patience,
): Promise<Authenticated> {
  const { bindings, memory, clock } = as;
  const offered = choice.offer.inline;
  const inline = inlineRequest(offered, as.wishes);
  const agent = xml('user-agent', ns.sasl2, { id: memory.agent }, xml('software', ns.sasl2, {}, 'Kith'));
  const beside = [agent, ...inline.elements];
  const bound = choice.scram?.binding.flag === 'p';
  // A token must not go to whom nobody vouches for (draft-schmaus-kitten-sasl-ht section 1.2).
  const fast =
    as.protection === 'verified' ? Fast.offered(offered, { bindings, bound, memory: memory.token, clock }) : undefined;
  const token = fast && (await patience.until(fast.token()));
  if (fast !== undefined && token !== undefined) {
    const profile = secondProfile([...beside, fast.use(token)]);
    const answer = await exchange(wire, profile, tokenLogin(as.name, token, bindings), patience).catch(
      (error: unknown) => {
        // Some servers stumble over a token and say nothing at all; the next attempt must not end there too.
        if (asKithError(error).code === 'server-silent') fast.forget();
        throw error;
      },
    );
    if (answer.name === 'success') {
      fast.take(answer);
      return { success: answer, inline };
    }
    // What is wrong for the moment is no fault of the token.
    if (saslCondition(answer) === 'temporary-auth-failure') throw saslFailure(answer);
    fast.forget();
  }
  const profile = secondProfile(fast === undefined ? beside : [...beside, fast.request()]);
  const answer = await exchange(wire, profile, await byPassword(choice, as, patience), patience);
  // A failure ought to leave the stream as it was (XEP-0388 section 2.6.2). Some servers are confused by a refused token.
  if (token !== undefined && confused.includes(saslCondition(answer)))
    throw new KithError('network', 'After a token it refused the server needs a new connection');
  accepted(answer, choice, memory);
  fast?.take(answer);
  return { success: answer, inline };
}

const confused = ['invalid-mechanism', 'malformed-request', 'aborted'];

async function byPassword(
  { offer, mechanism, scram }: Choice,
  as: Authenticating,
  patience: Patience,
): Promise<Mechanism> {
  const password = await patience.until(as.password());
  if (scram === undefined) return plain(as.name, password);
  const { hash, binding } = scram;
  return new Scram(mechanism, hash, { name: as.name, password, binding, offered: spelled(offer) });
}

/** Throws what the server refused. */
function accepted(answer: Element, { mechanism }: Choice, memory: LoginMemory): void {
  if (answer.name !== 'success') throw saslFailure(answer);
  memory.mechanism = mechanism;
}
