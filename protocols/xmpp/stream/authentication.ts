/** Signing in, RFC 6120 section 6: the strongest mechanism both sides know, and never the password in plain text if it can be helped. */
import type { Bindings } from './channel-binding.ts';
import type { LoginMemory } from './contract.ts';
import type { Element } from './element.ts';
import { choose, spelled } from './offers.ts';
import type { Patience } from './patience.ts';
import { exchange, type Mechanism, plain } from './sasl.ts';
import { Scram } from './scram.ts';
import type { Wire } from './wire.ts';

export interface Authenticating {
  /** The local part of the address. */
  readonly name: string;
  /** The certificate verified, and was not merely accepted by a person. */
  readonly verified: boolean;
  readonly bindings: Bindings;
  readonly memory: LoginMemory;
  password(): Promise<string>;
}

/** Resolves when both sides are proven; the stream must then begin anew. The password is asked for only when a mechanism is found. */
export async function authenticate(
  wire: Wire,
  features: Element,
  as: Authenticating,
  patience: Patience,
): Promise<void> {
  const { bindings, verified, memory, name } = as;
  const { mechanism, scram, offer } = choose(features, { bindings, verified, pinned: memory.mechanism });
  const password = await patience.until(as.password());
  const way: Mechanism =
    scram === undefined
      ? plain(name, password)
      : new Scram(mechanism, scram.hash, { name, password, binding: scram.binding, offered: spelled(offer) });
  await exchange(wire, offer.profile, way, patience);
  memory.mechanism = mechanism;
}
