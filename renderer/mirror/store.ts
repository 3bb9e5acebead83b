/**
 * What the window's parts read. The house is folded at once; what hangs on it is told at most once a frame,
 * so ten thousand presences cost one painting.
 */
import { create } from 'zustand';
import { type ErrorFact, type Instant, systemClock } from '../../src/base/index.ts';
import type { Health, HouseEvent, HouseSettings, HouseSnapshot, ProtocolManifest } from '../../src/contracts/index.ts';
import { defaultSettings, type SecretsMode } from '../../src/contracts/index.ts';
import {
  type Account,
  type AccountId,
  type ContactKey,
  type Conversation,
  type ConversationId,
  conversationId,
  type LivingConnection,
  type Message,
  type MessageId,
  type Person,
  type PersonId,
  type ProtocolId,
  type Question,
  unknownPresence,
} from '../../src/domain/index.ts';
import { type History, merge } from './histories.ts';
import { beginHouse, foldHouse, type HousePart, type LivingHouse } from './house.ts';

/** A map that is changed in place, in a wrapping that is new after every change. */
export interface Edition<K, V> {
  readonly all: ReadonlyMap<K, V>;
}

export interface Mirror {
  /** 'lost': the program behind this window does not answer; what is shown is what was known last. */
  readonly link: 'joining' | 'joined' | 'lost';
  readonly version: string;
  readonly runsOn: readonly string[];
  readonly demo: boolean;
  readonly secrets: SecretsMode;
  readonly protocols: readonly ProtocolManifest[];
  readonly health: Edition<ProtocolId, Health>;
  readonly accounts: Edition<AccountId, Account>;
  readonly retries: Edition<AccountId, Instant>;
  readonly connections: Edition<AccountId, LivingConnection>;
  readonly seen: ReadonlyMap<string, Instant>;
  readonly people: Edition<PersonId, Person>;
  /** Whose a contact is, by `account contact`; changed in place. */
  readonly owners: ReadonlyMap<string, PersonId>;
  readonly conversations: Edition<ConversationId, Conversation>;
  readonly drafts: Edition<ConversationId, string>;
  readonly questions: readonly Question[];
  /** Whose request was put off. */
  readonly setAside: readonly ContactKey[];
  readonly settings: HouseSettings;
  readonly trouble: ErrorFact | undefined;
  readonly histories: ReadonlyMap<ConversationId, History>;
}

const nothing = { all: new Map<never, never>() };

export const useMirror = create<Mirror>(() => ({
  link: 'joining',
  version: '',
  runsOn: [],
  demo: false,
  secrets: 'ask',
  protocols: [],
  health: nothing,
  accounts: nothing,
  retries: nothing,
  connections: nothing,
  seen: new Map(),
  people: nothing,
  owners: new Map(),
  conversations: nothing,
  drafts: nothing,
  questions: [],
  setAside: [],
  settings: defaultSettings,
  trouble: undefined,
  histories: new Map(),
}));

let house: LivingHouse | undefined;
const dirty = new Set<HousePart>();
let telling = false;

/** The revision this window stands at; undefined before it joined. */
export const revision = (): number | undefined => house?.revision;

export function takeSnapshot(from: HouseSnapshot): void {
  house = beginHouse(from);
  dirty.clear();
  const { version, runsOn, demo, protocols } = house;
  useMirror.setState({
    link: 'joined',
    version,
    runsOn,
    demo,
    protocols,
    histories: new Map(),
    ...parts(house, everyPart),
  });
}

export function takeChange(to: number, events: readonly HouseEvent[]): void {
  if (house === undefined) return;
  house.revision = to;
  for (const event of events) {
    const part = foldHouse(house, event, systemClock.now());
    if (part !== undefined) dirty.add(part);
    if (event.type === 'messages-changed') takeMessages(event.changed, event.removed);
  }
  tell();
}

/** The program is gone: what was said stays, and how anyone is now is not known until it is back. */
export function takeLoss(): void {
  if (useMirror.getState().link === 'lost') return;
  const people = new Map<PersonId, Person>();
  for (const [id, person] of house?.people ?? []) people.set(id, { ...person, presence: unknownPresence });
  const connections = new Map<AccountId, LivingConnection>();
  for (const [id, living] of house?.connections ?? []) {
    const contacts = new Map([...living.contacts].map(([key, each]) => [key, { ...each, presence: unknownPresence }]));
    connections.set(id, { ...living, contacts, chatStates: new Map() });
  }
  useMirror.setState({ link: 'lost', people: { all: people }, connections: { all: connections } });
}

export function keepHistory(id: ConversationId, change: (history: History | undefined) => History): void {
  useMirror.setState(({ histories }) => {
    const kept = new Map(histories);
    // The one that is read stands last.
    kept.delete(id);
    return { histories: kept.set(id, change(histories.get(id))) };
  });
}

/** Of conversations that were looked at long ago nothing stays here: they are read again when they are opened. */
export function forgetOthers(): void {
  useMirror.setState(({ histories }) => ({ histories: new Map([...histories].slice(-mostHistories)) }));
}

const mostHistories = 20;

function takeMessages(changed: readonly Message[], removed: readonly MessageId[]): void {
  const { histories } = useMirror.getState();
  const touched = new Map<ConversationId, Message[]>();
  for (const message of changed) {
    const id = conversationId(message.account, message.target);
    if (histories.has(id)) touched.set(id, [...(touched.get(id) ?? []), message]);
  }
  if (touched.size === 0 && removed.length === 0) return;
  const next = new Map(histories);
  for (const [id, history] of histories) {
    const mine = touched.get(id) ?? [];
    if (mine.length > 0 || removed.length > 0) next.set(id, merge(history, mine, removed));
  }
  useMirror.setState({ histories: next });
}

/** A page that is not shown gets no frames, so a timer stands beside it. */
function tell(): void {
  if (telling || dirty.size === 0) return;
  telling = true;
  let done = false;
  const run = (): void => {
    if (done) return;
    done = true;
    telling = false;
    if (house !== undefined && useMirror.getState().link === 'joined') useMirror.setState(parts(house, dirty));
    dirty.clear();
  };
  if (!document.hidden) requestAnimationFrame(run);
  systemClock.after(100, run);
}

const everyPart: readonly HousePart[] = [
  'accounts',
  'connections',
  'people',
  'conversations',
  'drafts',
  'questions',
  'set-aside',
  'settings',
  'secrets',
  'health',
  'trouble',
];

function parts(from: LivingHouse, which: Iterable<HousePart>): Partial<Mirror> {
  const said: { -readonly [K in keyof Mirror]?: Mirror[K] } = {};
  for (const part of which) {
    if (part === 'accounts') {
      said.accounts = { all: from.accounts };
      said.retries = { all: from.retries };
      said.connections = { all: from.connections };
    } else if (part === 'connections') {
      said.connections = { all: from.connections };
      said.seen = from.seen;
    } else if (part === 'people') {
      said.people = { all: from.people };
      said.owners = from.owners;
    } else if (part === 'conversations') said.conversations = { all: from.conversations };
    else if (part === 'drafts') said.drafts = { all: from.drafts };
    else if (part === 'questions') said.questions = from.questions;
    else if (part === 'set-aside') said.setAside = from.setAside;
    else if (part === 'settings') said.settings = from.settings;
    else if (part === 'secrets') said.secrets = from.secrets;
    else if (part === 'health') said.health = { all: from.health };
    else said.trouble = from.trouble;
  }
  return said;
}
