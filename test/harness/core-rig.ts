/** A whole core over a store in memory and protocols that do as they are told, on virtual time. */
import { type KithError, type LogLine, logTo } from '../../src/base/index.ts';
import type {
  House,
  HouseChange,
  HouseEvent,
  SecretKey,
  Secrets,
  SecretsMode,
  Store,
} from '../../src/contracts/index.ts';
import {
  type AccountId,
  type Contact,
  type ContactId,
  type Message,
  type MessageId,
  newContact,
  type ProtocolId,
} from '../../src/domain/index.ts';
import { openFileRoom } from '../../src/storage/index.ts';
import { type HouseOptions, openHouse } from '../../src/core/index.ts';
import { type FakeConnection, fakeFace, FakeHost } from './fake-host.ts';
import { MemoryStore } from './memory-store.ts';
import { VirtualClock } from './virtual-clock.ts';

export class FakeSecrets implements Secrets {
  readonly mode: SecretsMode;
  readonly kept = new Map<SecretKey, string>();
  /** While set, nothing can be kept. */
  failing: KithError | undefined;

  constructor(mode: SecretsMode = 'ask') {
    this.mode = mode;
  }
  async get(key: SecretKey): Promise<string | undefined> {
    return this.kept.get(key);
  }
  async set(key: SecretKey, secret: string): Promise<void> {
    if (this.failing !== undefined) throw this.failing;
    this.kept.set(key, secret);
  }
  async remove(key: SecretKey): Promise<void> {
    this.kept.delete(key);
  }
}

export interface CoreRig {
  readonly house: House;
  readonly clock: VirtualClock;
  readonly store: MemoryStore;
  readonly secrets: FakeSecrets;
  readonly hosts: Map<ProtocolId, FakeHost>;
  /** What the house told, a change a turn. */
  readonly changes: HouseChange[];
  readonly lines: LogLine[];
  /** Every event told, in order. */
  events<T extends HouseEvent['type']>(type: T): readonly Extract<HouseEvent, { readonly type: T }>[];
  /** An account of the fake protocol, online unless the test prevents it. */
  account(address?: string): Promise<{ readonly id: AccountId; readonly connection: FakeConnection }>;
  /** Of the account's protocol, while it is open. */
  connection(account: AccountId): FakeConnection;
  host(protocol?: string): FakeHost;
  /** Lets everything happen that needs no time to pass. */
  settle(): Promise<void>;
  /** Ends the house; a test that opens another one over the same store does this itself. */
  close(): Promise<void>;
}

/** `keep` what an earlier house left behind, to see it start again. */
export async function coreRig(
  options: Partial<HouseOptions> = {},
  keep: { readonly store?: MemoryStore; readonly secrets?: FakeSecrets; readonly clock?: VirtualClock } = {},
  prepare: (host: FakeHost) => void = () => {},
): Promise<CoreRig> {
  const clock = keep.clock ?? new VirtualClock();
  const store = keep.store ?? new MemoryStore();
  const secrets = keep.secrets ?? new FakeSecrets();
  const faces = options.faces ?? [fakeFace('fake'), fakeFace('other')];
  const hosts = new Map<ProtocolId, FakeHost>();
  const lines: LogLine[] = [];
  const house = await openHouse({
    store: store satisfies Store,
    secrets,
    files: options.files ?? noFiles,
    faces,
    clock,
    log: logTo((line) => lines.push(line)),
    version: '1.2.3',
    runsOn: ['Node 20.19.0'],
    random: () => 0.5,
    hosts: (protocol, duties) => {
      if (hosts.has(protocol)) throw new Error(`A second host was made for ${protocol}`);
      const face = faces.find(({ manifest }) => manifest.id === protocol);
      if (face === undefined) throw new Error(`A host was made for ${protocol}, which has no face`);
      const host = new FakeHost(face, duties);
      prepare(host);
      hosts.set(protocol, host);
      return host;
    },
    ...options,
  });
  const changes: HouseChange[] = [];
  const listening = house.onDidChange((change) => changes.push(change));
  const settle = (): Promise<void> => clock.settle();
  const rig: CoreRig = {
    house,
    clock,
    store,
    secrets,
    hosts,
    changes,
    lines,
    events: (type) => changes.flatMap(({ events }) => events).filter((event) => event.type === type) as never,
    async account(address = 'me@home') {
      const id = await house.ask('account.add', { protocol: 'fake' as ProtocolId, address, password: 'hunter2-kept' });
      await settle();
      return { id, connection: rig.connection(id) };
    },
    connection(account) {
      for (const host of hosts.values()) {
        const connection = host.connections.get(account);
        if (connection !== undefined) return connection;
      }
      throw new Error('This account is not open');
    },
    host(protocol = 'fake') {
      const host = hosts.get(protocol as ProtocolId);
      if (host === undefined) throw new Error(`No host was made for ${protocol}`);
      return host;
    },
    settle,
    async close() {
      const ended = house[Symbol.asyncDispose]();
      await clock.advance(2_000);
      await ended;
      listening[Symbol.dispose]();
    },
  };
  await settle();
  return rig;
}

/** For houses in which nothing is a file. */
const noFiles = openFileRoom({
  folder: '/nowhere/files',
  downloads: '/nowhere/downloads',
  hand: async () => {},
  clock: new VirtualClock(),
});

let said = 0;

/** Someone says something to us. */
export function incoming(account: AccountId, from: string, body: string, more: Partial<Message> = {}): Message {
  said += 1;
  return {
    id: `incoming-${said}` as MessageId,
    account,
    target: { kind: 'contact', contact: from as ContactId },
    direction: 'incoming',
    from: from as ContactId,
    body,
    at: Date.UTC(2026, 0, 5, 9, 0, 0) + said,
    origin: `their-${said}`,
    ...more,
  };
}

/** Someone in our list. */
export function listed(id: string, more: Partial<Contact> = {}): Contact {
  return newContact(id as ContactId, { weSeeThem: 'yes', theySeeUs: 'yes', listed: true, ...more });
}
