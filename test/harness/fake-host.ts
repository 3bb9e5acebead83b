/** A protocol that does what a test says: what is asked of it is written down, and it says what it is told to say. */
import { Emitter, KithError } from '../../src/base/index.ts';
import type {
  ArchivePage,
  FacetName,
  FileFetched,
  FileToFetch,
  Facets,
  Health,
  HostDuties,
  Opening,
  ProtocolFace,
  ProtocolHost,
  RemoteConnection,
} from '../../src/contracts/index.ts';
import {
  type Aborting,
  type AccountId,
  availablePresence,
  type ConnectionEvent,
  type ContactId,
  emptyCard,
  fold,
  newConnection,
  type OutgoingMessage,
  type Presence,
  type ProtocolId,
  type RoomId,
  snapshot,
  type StatusReason,
} from '../../src/domain/index.ts';

const raise = (error: unknown): never => {
  throw error;
};

/** Addresses are anything with one @; links look like `fake:amy@home?body=hello`. */
export function fakeFace(id = 'fake'): ProtocolFace {
  return {
    manifest: {
      id: id as ProtocolId,
      contract: 1,
      displayName: id[0]?.toUpperCase() + id.slice(1),
      tag: id.toUpperCase(),
      hidden: false,
      parameters: [
        { name: 'port', type: 'u', required: false, secret: false, label: 'Port' },
        { name: 'password', type: 's', required: false, secret: true, label: 'Password' },
      ],
      statuses: [
        { word: 'here', availability: 'available', settable: true, takesMessage: true },
        { word: 'away', availability: 'away', settable: true, takesMessage: true },
      ],
      addressing: { example: 'amy@home', uriSchemes: [id] },
    },
    normalise(address) {
      if (!/^[^@\s]+@[^@\s]+$/.test(address)) throw new KithError('invalid-argument', `${address} is no address`);
      return address.toLowerCase() as ContactId;
    },
    normaliseRoom(address) {
      return this.normalise(address) as string as RoomId;
    },
    parseLink(uri) {
      if (!uri.startsWith(`${id}:`)) return undefined;
      const link = new URL(uri);
      const body = link.searchParams.get('body');
      const via = link.searchParams.get('via');
      if (link.searchParams.has('join')) return { room: this.normaliseRoom!(link.pathname), action: 'join' };
      return {
        contact: this.normalise(link.pathname),
        action: link.searchParams.has('subscribe') ? 'subscribe' : 'message',
        ...(body === null ? {} : { body }),
        ...(via === null ? {} : { via }),
      };
    },
  };
}

export class FakeHost implements ProtocolHost {
  readonly face: ProtocolFace;
  readonly duties: HostDuties;
  readonly connections = new Map<AccountId, FakeConnection>();
  /** While set, nothing can be opened. */
  refusesToOpen: KithError | undefined;
  /** How each connection that is opened from now on is furnished. */
  facets: readonly FacetName[] = [
    'presence',
    'roster',
    'messages',
    'corrections',
    'chatStates',
    'readMarkers',
    'readingPosition',
    'archive',
    'rooms',
    'attention',
    'lifeline',
    'membership',
  ];
  startedAgain = 0;
  wakened = 0;
  disposed = false;
  #health: Health = 'asleep';
  readonly #changed = new Emitter<Health>(raise);

  constructor(face: ProtocolFace, duties: HostDuties) {
    this.face = face;
    this.duties = duties;
  }

  get health(): Health {
    return this.#health;
  }
  set health(health: Health) {
    this.#health = health;
    this.#changed.fire(health);
  }
  readonly onDidChangeHealth = this.#changed.event;

  async open(opening: Opening): Promise<FakeConnection> {
    if (this.refusesToOpen !== undefined) throw this.refusesToOpen;
    const connection = new FakeConnection(opening, this);
    this.connections.set(opening.account, connection);
    if (this.#health === 'asleep') this.health = 'well';
    return connection;
  }

  wake(): void {
    this.wakened += 1;
  }

  startAgain(): void {
    this.startedAgain += 1;
    this.health = 'well';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
  }
}

export interface Asked {
  readonly verb: string;
  readonly args: readonly unknown[];
}

export class FakeConnection implements RemoteConnection {
  readonly opening: Opening;
  readonly living;
  readonly facets: ReadonlySet<FacetName>;
  /** Everything that was asked of it, in order. */
  readonly asked: Asked[] = [];
  /** How far the house said all is on disk, each time it said so. */
  readonly storedUpTo: number[] = [];
  closed = false;
  /** What happens when a message is to be sent. */
  sending: (message: OutgoingMessage) => Promise<void> = async () => {};
  /** What its pictures are, in base64. */
  avatar: (avatar: string) => Promise<string> = async () => '';
  changing: () => Promise<void> = async () => {};
  uploading: Facets['files']['upload'] = async (_transfer, { name }) => `https://files.example/${name}`;
  fetching: (file: FileToFetch) => Promise<FileFetched> = async () => ({ whole: false });
  readingThrough: Facets['archive']['readThrough'] = async () => {};
  archive: (before: string | undefined, limit: number) => Promise<ArchivePage> = async () => ({
    messages: [],
    complete: true,
  });
  /** What happens when a room is to be joined. */
  joining: (room: RoomId) => Promise<void> = async () => {};
  /** What happens when it is asked to connect. */
  connecting: (presence: Presence, signal: Aborting | undefined) => Promise<void> = async () => this.comesOnline();
  disconnecting: () => Promise<void> = async () => this.goesOffline('requested', 'Signed out');
  readonly #host: FakeHost;
  readonly #happened = new Emitter<{ readonly event: ConnectionEvent; readonly revision: number }>(raise);

  constructor(opening: Opening, host: FakeHost) {
    this.opening = opening;
    this.#host = host;
    this.facets = new Set(host.facets);
    this.living = newConnection(opening.account, opening.remembered, opening.rooms);
  }

  get snapshot() {
    return snapshot(this.living);
  }
  readonly onDidHappen = this.#happened.event;

  /** Says a fact; returns its revision. */
  says(event: ConnectionEvent): number {
    fold(this.living, event);
    this.#happened.fire({ event, revision: this.living.revision });
    return this.living.revision;
  }

  comesOnline(): void {
    this.says({ type: 'status-changed', status: 'connecting' });
    this.says({ type: 'status-changed', status: 'online' });
    this.says({ type: 'self-changed', contact: this.opening.address, presence: availablePresence });
  }

  goesOffline(code: StatusReason['code'], text = code as string): void {
    this.says({ type: 'status-changed', status: 'offline', reason: { code, text } });
  }

  askPassword(why: 'needed' | 'refused' = 'needed', signal: Aborting = new AbortController().signal): Promise<string> {
    return this.#host.duties.ask(this.opening.account, 'password', { why }, signal);
  }

  /** What was asked of one verb so far, its arguments only. */
  all(verb: string): readonly (readonly unknown[])[] {
    return this.asked.filter((one) => one.verb === verb).map(({ args }) => args);
  }

  async connect(presence: Presence, signal?: Aborting): Promise<void> {
    this.#note('connect', presence);
    await this.connecting(presence, signal);
  }
  async disconnect(): Promise<void> {
    this.#note('disconnect');
    await this.disconnecting();
  }
  stored(revision: number): void {
    this.storedUpTo.push(revision);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true;
    this.#host.connections.delete(this.opening.account);
    this.#happened[Symbol.dispose]();
  }

  facet<F extends FacetName>(name: F): Facets[F] | undefined {
    return this.facets.has(name) ? this.#furniture[name] : undefined;
  }

  readonly #furniture: Facets = {
    presence: { setOwn: async (presence) => this.#note('setOwn', presence) },
    devices: { list: async () => [] },
    roster: {
      request: async (contact, asked) => this.#note('request', contact, asked),
      authorise: async (contact) => this.#note('authorise', contact),
      refuse: async (contact) => this.#note('refuse', contact),
      remove: async (contact) => this.#note('remove', contact),
      rename: async (contact, alias) => this.#note('rename', contact, alias),
      setGroups: async (contact, groups) => this.#note('setGroups', contact, groups),
    },
    messages: {
      send: async (message) => {
        this.#note('send', message);
        await this.sending(message);
      },
    },
    corrections: {
      correct: async (message, replaces) => {
        this.#note('correct', message, replaces);
        await this.sending(message);
      },
    },
    chatStates: { set: async (target, state) => this.#note('chatState', target, state) },
    readingPosition: { reached: async (target, archive) => this.#note('reached', target, archive) },
    readMarkers: { markRead: async (target, origin) => this.#note('markRead', target, origin) },
    archive: {
      page: async (target, before, limit) => {
        this.#note('page', target, before, limit);
        return this.archive(before, limit);
      },
      readThrough: (target) => {
        this.#note('readThrough', target);
        return this.readingThrough(target);
      },
    },
    avatars: {
      fetch: async (of, avatar) => {
        this.#note('fetchAvatar', of, avatar);
        return this.avatar(avatar);
      },
      setOwn: async (picture) => this.#note('setAvatar', picture),
    },
    nickname: { setOwn: async (nickname) => this.#note('setNickname', nickname) },
    cards: {
      read: async (of) => {
        this.#note('readCard', of);
        return emptyCard;
      },
      writeOwn: async (card) => this.#note('writeCard', card),
    },
    files: {
      upload: async (transfer, file) => {
        this.#note('upload', transfer, file);
        return this.uploading(transfer, file);
      },
      fetch: async (transfer, file) => {
        this.#note('fetch', transfer, file);
        return this.fetching(file);
      },
      cancel: async (transfer) => this.#note('cancel', transfer),
    },
    blocking: {
      block: async (contact, report) => this.#note('block', contact, report),
      unblock: async (contact) => this.#note('unblock', contact),
    },
    attention: { set: async (attended) => this.#note('attention', attended) },
    onboarding: { invite: async () => ({ link: 'fake:self?roster', proven: false, makesAccounts: false }) },
    lifeline: { check: async () => this.#note('lifeline') },
    membership: {
      changePassword: async (password) => {
        this.#note('changePassword', password);
        await this.changing();
      },
      end: async () => {
        this.#note('end');
        await this.changing();
      },
    },
    rooms: {
      join: async (room, how) => {
        this.#note('join', room, how);
        await this.joining(room);
      },
      create: async (room, how, settings) => this.#note('create', room, how, settings),
      leave: async (room) => this.#note('leave', room),
      forget: async (room) => this.#note('forget', room),
      invite: async (room, contact, text) => this.#note('invite', room, contact, text),
      setTopic: async (room, topic) => this.#note('setTopic', room, topic),
      setNick: async (room, nick) => this.#note('setNick', room, nick),
      configure: async (room, settings) => this.#note('configure', room, settings),
      list: async (service, after) => {
        this.#note('list', service, after);
        return { rooms: [] };
      },
    },
    mischief: { misbehave: async (how, amount) => this.#note('misbehave', how, amount) },
  };

  #note(verb: string, ...args: readonly unknown[]): void {
    this.asked.push({ verb, args });
  }
}
