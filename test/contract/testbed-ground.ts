/** The testbed as a ground for the contract, inline and in a worker. */
import { newId, silentLog, systemClock } from '../../src/base/index.ts';
import type { FacetName } from '../../src/contracts/index.ts';
import type { AccountId, ContactId, RoomId } from '../../src/domain/index.ts';
import { inlineHost, workerHost } from '../../src/host/index.ts';
import { testbed } from '../../protocols/testbed/index.ts';
import { face } from '../../protocols/testbed/manifest.ts';
import { builtWorker } from './built-worker.ts';
import type { Ground, Newcomer } from './ground.ts';

const parts = { clock: systemClock, log: silentLog };
const facets: readonly FacetName[] = [
  'presence',
  'roster',
  'messages',
  'corrections',
  'chatStates',
  'readMarkers',
  'archive',
  'rooms',
  'files',
  'mischief',
];

export async function inlineTestbed(): Promise<Ground> {
  const protocol = testbed({ clock: systemClock });
  return {
    host: (duties) => inlineHost(protocol, duties, parts),
    newcomer,
    room,
    facets,
    [Symbol.asyncDispose]: async () => {},
  };
}

export async function workerTestbed(): Promise<Ground> {
  const entry = builtWorker('testbed');
  return {
    host: (duties) => workerHost({ face, entry, duties, ...parts }),
    newcomer,
    room,
    facets,
    [Symbol.asyncDispose]: async () => {},
  };
}

async function newcomer(name: string): Promise<Newcomer> {
  const address = face.normalise(`${name}-${newId().slice(0, 8)}@testbed`) as ContactId;
  return {
    password: 'anything',
    opening: {
      account: newId<AccountId>(),
      address,
      parameters: { 'require-password': true },
      remembered: [],
      rooms: [],
      memory: [],
    },
  };
}

const room = (name: string): RoomId => `${name}-${newId().slice(0, 8)}@rooms.testbed` as RoomId;
