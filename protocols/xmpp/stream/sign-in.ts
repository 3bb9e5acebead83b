/** From a connection to a session: prove who we are, then stand. */
import { KithError, newId } from '../../../src/base/index.ts';
import { type Address, parseAddress } from './address.ts';
import { authenticate } from './authentication.ts';
import { bindingsOf } from './channel-binding.ts';
import type { Door } from './contract.ts';
import { type Element, xml } from './element.ts';
import type { Protection } from './encryption.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import { type Session, type Standing, stand, standInline } from './standing.ts';
import type { Wire } from './wire.ts';

/** What a login stands on. */
export interface Ground {
  readonly protection: Protection;
  /** What the server offered already; without encryption no second header is sent before the login. */
  readonly greeting?: Element;
}

export async function signIn(wire: Wire, { protection, greeting }: Ground, attempt: Standing): Promise<Session> {
  const { settings, patience, resumption } = attempt;
  const { clock, memory, resource, enable = [] } = settings;
  const address = parseAddress(settings.address);
  const offered = greeting ?? (await begin(wire, address, patience));
  if (settings.enter !== undefined) {
    const door = doorOf(wire, address, protection, patience);
    await patience.until(settings.enter({ ...door, offered, password: () => settings.password() }));
  }
  const as = {
    name: address.local,
    protection,
    bindings: bindingsOf(wire.encrypted),
    memory,
    clock,
    wishes: { resource, resumption, enable },
    password: () => settings.password(),
  };
  const authenticated = await authenticate(wire, offered, as, patience);
  wire.trustSize();
  if (authenticated !== undefined) return await standInline(wire, authenticated, offered, attempt);
  return await stand(wire, await begin(wire, address, patience), attempt);
}

async function begin(wire: Wire, { domain, bare }: Address, patience: Patience): Promise<Element> {
  return await patience.step(wire.begin({ from: bare, to: domain }), 'The greeting of the server');
}

function doorOf(wire: Wire, { domain }: Address, protection: Protection, patience: Patience): Pick<Door, 'ask'> {
  return {
    async ask(type, payload) {
      if (protection === 'none') throw new KithError('not-encrypted', 'The server offers no encryption');
      const id = newId();
      wire.write(xml('iq', ns.stanzas, { type, id, to: domain }, payload));
      const answer = await patience.step(wire.next(), 'The answer of the server');
      if (!answer.is('iq', ns.stanzas) || answer.attribute('id') !== id)
        throw new KithError('server-refused', 'the server answered something else than it was asked');
      return answer;
    },
  };
}
