/** XMPP over a real Prosody as a ground for the contract, inline and in a worker. */
import { newId, silentLog, systemClock } from '../../src/base/index.ts';
import type { FacetName, HostDuties, ProtocolHost } from '../../src/contracts/index.ts';
import type { AccountId, RoomId } from '../../src/domain/index.ts';
import { inlineHost, workerHost } from '../../src/host/index.ts';
import { protocol } from '../../protocols/xmpp/index.ts';
import { face } from '../../protocols/xmpp/manifest.ts';
import { freePorts } from '../harness/processes.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import type { Ground, Newcomer } from './ground.ts';
import { builtWorker } from './built-worker.ts';

const parts = { clock: systemClock, log: silentLog };
const facets: readonly FacetName[] = [
  'presence',
  'roster',
  'messages',
  'corrections',
  'chatStates',
  'readMarkers',
  'readingPosition',
  'archive',
  'rooms',
  'avatars',
  'nickname',
  'devices',
  'cards',
  'files',
  'blocking',
  'attention',
  'lifeline',
  'membership',
  'onboarding',
];

export function inlineXmpp(): Promise<Ground> {
  return xmppGround((duties) => inlineHost(protocol, duties, parts));
}

export async function workerXmpp(): Promise<Ground> {
  const entry = builtWorker('xmpp');
  return xmppGround((duties) => workerHost({ face, entry, duties, ...parts }));
}

async function xmppGround(host: (duties: HostDuties) => ProtocolHost): Promise<Ground> {
  const server = await startProsody({ users: [], takesFiles: 2_000_000 });
  const [deaf = 0] = await freePorts(1);
  return {
    host,
    facets,
    async newcomer(name) {
      const local = `${name}-${newId().slice(0, 8)}`;
      await server.register(local);
      return accountOn(server, local, server.port);
    },
    room: (name) => server.room(`${name}-${newId().slice(0, 8)}`) as RoomId,
    async unreachable(name) {
      return accountOn(server, name, deaf);
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

function accountOn(server: Prosody, name: string, port: number): Newcomer {
  return {
    password: server.password,
    opening: {
      account: newId<AccountId>(),
      address: face.normalise(server.address(name)),
      parameters: { host: server.host, port, ca: server.ca },
      remembered: [],
      rooms: [],
      memory: [],
    },
  };
}
