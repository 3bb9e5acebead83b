/** A house whose every word a test speaks: it keeps what it is told, answers as core would, and remembers what it was asked. */
import { Emitter, newId } from '../../src/base/index.ts';
import {
  type BridgeCalls,
  type BridgeVerb,
  type Bytes,
  defaultSettings,
  type House,
  type HouseChange,
  type HouseEvent,
  type HouseSnapshot,
  type Picture,
  type TakenFile,
} from '../../src/contracts/index.ts';
import {
  type Account,
  type AccountId,
  type Availability,
  type ChatState,
  type ConnectionEvent,
  type ContactId,
  type Conversation,
  conversationId,
  type ConversationId,
  type ConversationTarget,
  type Delivery,
  fold,
  type HeldFile,
  type LivingConnection,
  type Message,
  type MessageId,
  newConnection,
  type Person,
  type Question,
  type Room,
  type RoomId,
  type SharedFile,
  snapshot,
  unknownPresence,
} from '../../src/domain/index.ts';
import { hitsAmong, pageOf } from '../harness/pages.ts';
import { room as newRoom, roomMessage } from './orchard.ts';
import {
  contactFrom,
  juliet,
  message,
  type Neighbour,
  neighbours,
  now,
  personId,
  said,
  testbed,
  unread,
  xmpp,
} from './verona.ts';

type Answers = {
  [V in BridgeVerb]?: (input: BridgeCalls[V]['in']) => BridgeCalls[V]['out'] | Promise<BridgeCalls[V]['out']>;
};

export interface Cast {
  readonly accounts?: readonly Account[];
  readonly neighbours?: readonly Neighbour[];
  /** Without it, what the drawings show. */
  readonly said?: typeof said;
  readonly known?: Partial<HouseSnapshot>;
}

export class Stage implements House {
  readonly asked: { readonly verb: BridgeVerb; readonly input: unknown }[] = [];
  /** What this test answers otherwise than core would. */
  readonly answers: Answers = {};
  readonly messages = new Map<ConversationId, Message[]>();
  readonly conversations = new Map<ConversationId, Conversation>();
  readonly drafts = new Map<ConversationId, string>();
  readonly people = new Map<string, Person>();
  readonly connections = new Map<AccountId, LivingConnection>();
  accounts: readonly Account[];
  questions: readonly Question[] = [];
  readonly #known: Partial<HouseSnapshot>;
  readonly #changed: Emitter<HouseChange>;
  readonly #wanted: Emitter<void>;
  #revision = 0;

  constructor({ accounts = [juliet], neighbours: who = neighbours, said: lines = said, known = {} }: Cast = {}) {
    const raise = (error: unknown): never => {
      throw error;
    };
    this.#changed = new Emitter<HouseChange>(raise);
    this.#wanted = new Emitter<void>(raise);
    this.#known = known;
    this.accounts = accounts;
    for (const account of accounts) this.#connect(account);
    const [owner] = accounts;
    if (owner === undefined) return;
    const living = this.connections.get(owner.id)!;
    for (const neighbour of who) {
      living.contacts.set(neighbour.address as ContactId, contactFrom(neighbour));
      this.people.set(neighbour.address, this.#person(owner, neighbour));
    }
    for (const [address, talk] of Object.entries(lines)) {
      this.keep(
        address,
        talk.map((line) => message(owner, address, line, now - line.ago)),
        unread[address] ?? 0,
      );
    }
  }

  get onDidChange() {
    return this.#changed.event;
  }

  get onDidWantQuit() {
    return this.#wanted.event;
  }

  /** How often someone took the whole state. */
  joins = 0;

  snapshot(): HouseSnapshot {
    this.joins += 1;
    return this.#whole();
  }

  /** A change that reaches nobody: what follows it leaves a gap. */
  loseOne(): void {
    this.#revision += 1;
  }

  #whole(): HouseSnapshot {
    return {
      revision: this.#revision,
      version: '0.1.0',
      runsOn: ['Node 20.19.0', 'OpenSSL 3.0.15'],
      demo: false,
      secrets: 'keyring',
      protocols: [xmpp, testbed],
      health: [[xmpp.id, 'well']],
      accounts: this.accounts,
      retries: [],
      connections: [...this.connections.values()].map(snapshot),
      people: [...this.people.values()],
      conversations: [...this.conversations.values()],
      drafts: [...this.drafts],
      questions: this.questions,
      setAside: [],
      settings: defaultSettings,
      ...this.#known,
    };
  }

  /** Pictures by name. */
  readonly pictures = new Map<string, Picture>();

  async picture(avatar: string): Promise<Picture | undefined> {
    return this.pictures.get(avatar);
  }

  /** What was brought to be sent, by the name it was given. */
  readonly taken = new Map<HeldFile, Buffer>();
  /** Pictures that messages are. */
  readonly shownFiles = new Map<MessageId, Picture>();

  async takeFile(bytes: Bytes): Promise<TakenFile> {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    const held = newId<HeldFile>();
    const all = Buffer.concat(pieces);
    this.taken.set(held, all);
    return { held, size: all.length };
  }

  async shownFile(id: MessageId): Promise<Picture | undefined> {
    return this.shownFiles.get(id);
  }

  tell(...events: readonly HouseEvent[]): void {
    this.#revision += 1;
    for (const event of events) if (event.type === 'questions-changed') this.questions = event.open;
    this.#changed.fire({ revision: this.#revision, events });
  }

  /** A fact about the first account's connection, or another's. */
  happen(event: ConnectionEvent, account: AccountId = this.accounts[0]!.id): void {
    const living = this.connections.get(account)!;
    fold(living, event);
    this.tell({ type: 'connection-changed', account, event });
    if (event.type !== 'status-changed' || event.status !== 'offline') return;
    const lost = [...this.people.values()].filter(({ contacts }) => contacts.some((key) => key.account === account));
    for (const person of lost) this.people.set(person.contacts[0]!.contact, { ...person, presence: unknownPresence });
    this.tell({ type: 'people-changed', changed: [...this.people.values()], removed: [] });
  }

  presence(address: string, availability: Availability, said_ = ''): void {
    const presence = { availability, status: '', message: said_ };
    const person = { ...this.people.get(address)!, presence };
    this.people.set(address, person);
    this.happen({ type: 'presences-changed', presences: [[address as ContactId, presence]] });
    this.tell({ type: 'people-changed', changed: [person], removed: [] });
  }

  typing(address: string, state: ChatState): void {
    const from = address as ContactId;
    this.happen({ type: 'chat-state-changed', target: { kind: 'contact', contact: from }, from, state });
  }

  /** Something comes in, at `at` or now. */
  hear(address: string, body: string, at = now, more: Pick<Message, 'unstyled'> = {}): Message {
    const heard = { ...message(this.accounts[0]!, address, { from: 'they', body }, at), ...more };
    const id = conversationId(heard.account, heard.target);
    const conversation = this.keep(address, [heard], (this.conversations.get(id)?.unread ?? 0) + 1);
    this.tell(
      { type: 'messages-changed', changed: [heard], removed: [] },
      { type: 'conversations-changed', changed: [conversation], removed: [] },
    );
    return heard;
  }

  /** Somebody sends a file. */
  hearFile(address: string, file: SharedFile): Message {
    const { id } = this.hear(address, file.url);
    return this.fileIs(id, file);
  }

  /** What is known of a file is now this. */
  fileIs(id: MessageId, file: SharedFile): Message {
    const changed = this.#change(id, (found) => ({ ...found, file }));
    const key = conversationId(changed.account, changed.target);
    const conversation = { ...this.conversations.get(key)!, last: this.messages.get(key)!.at(-1)! };
    this.conversations.set(key, conversation);
    this.tell(
      { type: 'messages-changed', changed: [changed], removed: [] },
      { type: 'conversations-changed', changed: [conversation], removed: [] },
    );
    return changed;
  }

  /** Somebody says something in a room; '' is us, from elsewhere. */
  hearRoom(room: RoomId, nick: string, body: string): Message {
    const heard = roomMessage(this.accounts[0]!, room, nick, body, now);
    const before = this.conversations.get(conversationId(heard.account, heard.target));
    const named = (before?.mentions ?? 0) + (heard.mention === true ? 1 : 0);
    const left = (before?.unread ?? 0) + (nick === '' ? 0 : 1);
    const conversation = this.keepTalk(heard.target, [heard], left, named);
    this.tell(
      { type: 'messages-changed', changed: [heard], removed: [] },
      { type: 'conversations-changed', changed: [conversation], removed: [] },
    );
    return heard;
  }

  /** A room is now so. */
  roomIs(room: RoomId, more: Partial<Room>): void {
    const living = this.connections.get(this.accounts[0]!.id)!;
    const changed = { ...(living.rooms.get(room) ?? newRoom(room)), ...more };
    this.happen({ type: 'rooms-changed', changed: [changed], removed: [] });
  }

  /** Here, or in another window. */
  write(conversation: ConversationId, draft: string): void {
    if (draft === '') this.drafts.delete(conversation);
    else this.drafts.set(conversation, draft);
    this.tell({ type: 'draft-changed', conversation, draft });
  }

  deliver(id: MessageId, delivery: Omit<Delivery, 'at'>): void {
    const changed = this.#change(id, (found) => ({ ...found, delivery: { at: now, ...delivery } }));
    this.tell({ type: 'messages-changed', changed: [changed], removed: [] });
  }

  keep(address: string, more: readonly Message[], left: number): Conversation {
    return this.keepTalk({ kind: 'contact', contact: address as ContactId }, more, left, 0);
  }

  keepTalk(target: ConversationTarget, more: readonly Message[], left: number, mentions: number): Conversation {
    const owner = this.accounts[0]!;
    const id = conversationId(owner.id, target);
    const all = [...(this.messages.get(id) ?? []), ...more];
    this.messages.set(id, all);
    const last = all.at(-1);
    const conversation = {
      id,
      account: owner.id,
      target,
      unread: left,
      ...(mentions === 0 ? {} : { mentions }),
      ...(last === undefined ? {} : { last }),
    };
    this.conversations.set(id, conversation);
    return conversation;
  }

  askedFor<V extends BridgeVerb>(verb: V): readonly BridgeCalls[V]['in'][] {
    return this.asked.filter((each) => each.verb === verb).map(({ input }) => input as BridgeCalls[V]['in']);
  }

  async ask<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): Promise<BridgeCalls[V]['out']> {
    this.asked.push({ verb, input });
    const own = this.answers[verb] as ((given: BridgeCalls[V]['in']) => BridgeCalls[V]['out']) | undefined;
    if (own !== undefined) return own(input);
    const usual = this.#usual[verb] as ((given: BridgeCalls[V]['in']) => unknown) | undefined;
    return (usual?.(input) ?? null) as BridgeCalls[V]['out'];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#changed[Symbol.dispose]();
    this.#wanted[Symbol.dispose]();
  }

  /** What core does with each question, as far as a window can see it. */
  readonly #usual: Answers = {
    'conversation.open': ({ account, address }) => {
      const target = { kind: 'contact', contact: address as ContactId } as const;
      const id = conversationId(account ?? this.accounts[0]!.id, target);
      return this.conversations.get(id) ?? this.keep(address, [], 0);
    },
    'conversation.setDraft': ({ account, target, draft }) => {
      this.write(conversationId(account, target), draft);
      return null;
    },
    'conversation.acknowledge': ({ conversation }) => {
      const { mentions: _named, ...rest } = this.conversations.get(conversation)!;
      const read = { ...rest, unread: 0 };
      this.conversations.set(conversation, read);
      this.tell({ type: 'conversations-changed', changed: [read], removed: [] });
      return null;
    },
    'history.page': ({ conversation, place, limit }) => {
      const page = pageOf(this.messages.get(conversation) ?? [], place, limit);
      return { ...page, complete: !page.more };
    },
    'history.search': (ask) =>
      hitsAmong(
        [...this.messages.values()].flat().toSorted((a, b) => a.at - b.at),
        ask,
      ),
    'room.open': ({ account, room }) => {
      const target = { kind: 'room', room } as const;
      return this.conversations.get(conversationId(account, target)) ?? this.keepTalk(target, [], 0, 0);
    },
    'room.join': ({ account, address, nick = 'juliet' }) => {
      const room = address as RoomId;
      this.roomIs(room, { status: 'joined', wanted: true, nick, reason: undefined, invitation: undefined } as never);
      return this.#usual['room.open']!({ account, room });
    },
    'room.leave': ({ room }) => {
      this.roomIs(room, { status: 'left', wanted: false });
      return null;
    },
    'room.forget': ({ room }) => {
      this.happen({ type: 'rooms-changed', changed: [], removed: [room] });
      return null;
    },
    'room.setTopic': ({ room, topic }) => {
      this.roomIs(room, { topic, topicBy: 'juliet' });
      return null;
    },
    'room.setNick': ({ room, nick }) => {
      this.roomIs(room, { nick });
      return null;
    },
    'message.send': ({ target, body }) => {
      const owner = this.accounts[0]!;
      const words =
        target.kind === 'room'
          ? roomMessage(owner, target.room, '', body, now)
          : message(owner, target.contact, { from: 'we', body }, now);
      const sent: Message = { ...words, delivery: { state: 'queued', at: now } };
      const conversation = this.keepTalk(target, [sent], 0, 0);
      this.tell(
        { type: 'messages-changed', changed: [sent], removed: [] },
        { type: 'conversations-changed', changed: [conversation], removed: [] },
      );
      return sent;
    },
    'message.correct': ({ message: id, body }) => {
      const changed = this.#change(id, (found) => ({
        ...found,
        body,
        edit: {
          by: `${body} of ${id}` as MessageId,
          at: now,
          before: [...(found.edit?.before ?? []), { body: found.body, at: found.edit?.at ?? found.at }],
        },
        delivery: { state: 'queued', at: now },
      }));
      this.tell({ type: 'messages-changed', changed: [changed], removed: [] });
      return changed;
    },
    'file.send': ({ target, held, name }) => {
      const owner = this.accounts[0]!;
      const spoken =
        target.kind === 'room'
          ? roomMessage(owner, target.room, '', name, now)
          : message(owner, target.contact, { from: 'we', body: name }, now);
      const file = { url: '', name, size: this.taken.get(held)!.length, held };
      const sent: Message = { ...spoken, file, delivery: { state: 'queued', at: now } };
      const conversation = this.keepTalk(target, [sent], 0, 0);
      this.tell(
        { type: 'messages-changed', changed: [sent], removed: [] },
        { type: 'conversations-changed', changed: [conversation], removed: [] },
      );
      return sent;
    },
    'message.retry': ({ message: id }) => {
      this.deliver(id, { state: 'queued' });
      return null;
    },
    'message.discard': ({ message: id }) => {
      for (const [key, all] of this.messages)
        this.messages.set(
          key,
          all.filter((each) => each.id !== id),
        );
      this.tell({ type: 'messages-changed', changed: [], removed: [id] });
      return null;
    },
    'presence.set': ({ availability, message: said_ }) => {
      this.accounts = this.accounts.map((each) => ({
        ...each,
        requested: { availability, status: '', message: said_ },
      }));
      this.tell({ type: 'accounts-changed', changed: this.accounts, removed: [] });
      return null;
    },
    'settings.set': (changed) => {
      const settings = { ...this.#whole().settings, ...changed };
      Object.assign(this.#known, { settings });
      this.tell({ type: 'settings-changed', settings });
      return null;
    },
    'question.answer': ({ question }) => {
      this.tell({ type: 'questions-changed', open: this.questions.filter(({ id }) => id !== question) });
      return null;
    },
    'contact.request': ({ address }) => address as ContactId,
    'contact.setAside': ({ aside, ...key }) => {
      const others = this.#whole().setAside.filter(({ contact }) => contact !== key.contact);
      const setAside = aside ? [...others, key] : others;
      Object.assign(this.#known, { setAside });
      this.tell({ type: 'set-aside-changed', setAside });
      return null;
    },
  };

  /** An account comes into being and connects; what happens then is the test's to say. */
  addAccount(account: Account): void {
    this.accounts = [...this.accounts, account];
    const living = newConnection(account.id);
    this.connections.set(account.id, living);
    this.tell(
      { type: 'accounts-changed', changed: [account], removed: [] },
      { type: 'connection-opened', connection: snapshot(living) },
    );
    this.happen({ type: 'status-changed', status: 'connecting' }, account.id);
  }

  #connect(account: Account): void {
    const living = newConnection(account.id);
    living.status = 'online';
    living.rosterKnown = true;
    this.connections.set(account.id, living);
  }

  #person(owner: Account, { address, name, availability, message: said_ = '' }: Neighbour): Person {
    return {
      id: personId(owner, address),
      name,
      avatar: '',
      contacts: [{ account: owner.id, contact: address as ContactId }],
      presence: { availability, status: '', message: said_ },
    };
  }

  #change(id: MessageId, into: (found: Message) => Message): Message {
    for (const [key, all] of this.messages) {
      const found = all.find((each) => each.id === id);
      if (found === undefined) continue;
      const changed = into(found);
      this.messages.set(
        key,
        all.map((each) => (each.id === id ? changed : each)),
      );
      return changed;
    }
    throw new Error(`No message ${id} on this stage`);
  }
}
