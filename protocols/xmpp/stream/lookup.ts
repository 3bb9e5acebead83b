/** Names asked about, for one attempt: the services of a domain, and the addresses of a machine. */
import { lookup } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { KithError } from '../../../src/base/index.ts';
import type { ServiceRecord } from './targets.ts';

export type Family = 4 | 6;

export interface Lookup {
  /** The SRV records of a service. Rejects when there are none, as node:dns does. */
  services(name: string): Promise<readonly ServiceRecord[]>;
  /** The addresses of a machine in one family of the internet protocol. Rejects when there are none. */
  addresses(host: string, family: Family): Promise<readonly string[]>;
  /** What is still being asked rejects, or is heard no more. */
  cancel(): void;
}

/** Services come from the name servers (those given as 'address:port', else the system's); addresses also from the machine's own list of hosts. */
export function systemLookup(servers?: readonly string[]): Lookup {
  // Together well within the time one step has, so that the domain itself is still tried.
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  return {
    services: (name) => resolver.resolveSrv(name),
    addresses: (host, family) =>
      new Promise((resolve, reject) => {
        lookup(host, { all: true, family }, (cause, found) => {
          if (cause === null) resolve(found.map(({ address }) => address));
          else reject(new KithError('network', `${host} has no address`, { cause }));
        });
      }),
    cancel: () => resolver.cancel(),
  };
}
