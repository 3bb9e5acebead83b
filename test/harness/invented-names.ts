/** Names as a test invents them, in place of every name server. */
import { isIPv6 } from 'node:net';
import { KithError } from '../../src/base/index.ts';
import type { Lookup } from '../../protocols/xmpp/stream/lookup.ts';
import type { ServiceRecord } from '../../protocols/xmpp/stream/targets.ts';

export interface InventedNames {
  /** By the whole name of the service, '_xmpp-client._tcp.kith.test'. */
  readonly services?: Readonly<Record<string, readonly ServiceRecord[]>>;
  /** By machine, both families together. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
}

/** What is not invented does not exist. */
export function inventedNames({ services = {}, addresses = {} }: InventedNames): () => Lookup {
  const known = <T>(found: readonly T[] | undefined): readonly T[] => {
    if (found === undefined || found.length === 0) throw new KithError('network', 'ENOTFOUND');
    return found;
  };
  return () => ({
    services: async (name) => known(services[name]),
    addresses: async (host, family) => known(addresses[host]?.filter((address) => isIPv6(address) === (family === 6))),
    cancel: () => {},
  });
}
