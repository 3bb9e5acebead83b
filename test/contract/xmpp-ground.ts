/** XMPP over a real Prosody as a ground for the contract, inline and in a worker. */
import { newId, silentLog, systemClock } from '../../src/base/index.ts';
import type { FacetName, HostDuties, ProtocolHost } from '../../src/contracts/index.ts';
import type { AccountId } from '../../src/domain/index.ts';
import { inlineHost, workerHost } from '../../src/host/index.ts';
import { protocol } from '../../protocols/xmpp/index.ts';
import { face } from '../../protocols/xmpp/manifest.ts';
import { freePorts } from '../harness/processes.ts';
import { startProsody } from '../harness/prosody.ts';
import type { Ground, Newcomer } from './ground.ts';
import { builtWorker } from './testbed-ground.ts';

const parts = { clock: systemClock, log: silentLog };
const facets: readonly FacetName[] = ['presence', 'roster', 'messages', 'chatStates', 'readMarkers', 'archive'];

export const inlineXmpp = (): Promise<Ground> => ground((duties) => inlineHost(protocol, duties, parts));

export async function workerXmpp(): Promise<Ground> {
  const entry = builtWorker('xmpp');
  return ground((duties) => workerHost({ face, entry, duties, ...parts }));
}

async function ground(host: (duties: HostDuties) => ProtocolHost): Promise<Ground> {
  const server = await startProsody({ users: [] });
  const newcomer = async (name: string, port: number): Promise<Newcomer> => ({
    password: server.password,
    opening: {
      account: newId<AccountId>(),
      address: face.normalise(server.address(name)),
      parameters: { host: server.host, port, ca: server.ca },
      remembered: [],
      memory: [],
    },
  });
  return {
    host,
    facets,
    async newcomer(called) {
      const name = `${called}-${newId().slice(0, 8)}`;
      await server.register(name);
      return newcomer(name, server.port);
    },
    async unreachable(called) {
      const [nobody = 1] = await freePorts(1);
      return newcomer(called, nobody);
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
