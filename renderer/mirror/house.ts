/** The house as this window knows it: a snapshot, and every change since, folded by the same function as everywhere. */
import { assertNever, type ErrorFact, type Instant } from '../../src/base/index.ts';
import type { Health, HouseEvent, HouseSettings, HouseSnapshot, ProtocolManifest } from '../../src/contracts/index.ts';
import type { SecretsMode } from '../../src/contracts/index.ts';
import {
  type Account,
  type AccountId,
  type ConnectionEvent,
  type ContactKey,
  type Conversation,
  type ConversationId,
  fold,
  type LivingConnection,
  type Person,
  type PersonId,
  type ProtocolId,
  type Question,
  revive,
} from '../../src/domain/index.ts';
import { shownAccount, shownPerson, shownQuestion } from './shown.ts';

/** Changed in place: the maps are big, and one owner writes them. */
export interface LivingHouse {
  revision: number;
  readonly version: string;
  readonly runsOn: readonly string[];
  readonly demo: boolean;
  secrets: SecretsMode;
  readonly protocols: readonly ProtocolManifest[];
  readonly health: Map<ProtocolId, Health>;
  readonly accounts: Map<AccountId, Account>;
  readonly retries: Map<AccountId, Instant>;
  readonly connections: Map<AccountId, LivingConnection>;
  readonly people: Map<PersonId, Person>;
  /** Whose a contact is, by `account contact`. */
  readonly owners: Map<string, PersonId>;
  readonly conversations: Map<ConversationId, Conversation>;
  readonly drafts: Map<ConversationId, string>;
  questions: readonly Question[];
  setAside: readonly ContactKey[];
  settings: HouseSettings;
  trouble: ErrorFact | undefined;
  /** When a contact was last seen going offline, by `account contact`. Known only for what happened in front of this window. */
  readonly seen: Map<string, Instant>;
}

/** The parts of a house that change together. */
export type HousePart =
  | 'accounts'
  | 'connections'
  | 'people'
  | 'conversations'
  | 'drafts'
  | 'questions'
  | 'set-aside'
  | 'settings'
  | 'secrets'
  | 'health'
  | 'trouble';

export function beginHouse(from: HouseSnapshot): LivingHouse {
  return {
    revision: from.revision,
    version: from.version,
    runsOn: from.runsOn,
    demo: from.demo,
    secrets: from.secrets,
    protocols: from.protocols,
    health: new Map(from.health),
    accounts: new Map(from.accounts.map((account) => [account.id, shownAccount(account)])),
    retries: new Map(from.retries.flatMap(({ account, at }) => (at === undefined ? [] : [[account, at]]))),
    connections: new Map(from.connections.map((connection) => [connection.account, revive(connection)])),
    people: new Map(from.people.map((person) => [person.id, shownPerson(person)])),
    owners: new Map(from.people.flatMap(({ id, contacts }) => contacts.map((key) => [keyText(key), id]))),
    conversations: new Map(from.conversations.map((conversation) => [conversation.id, conversation])),
    drafts: new Map(from.drafts),
    questions: from.questions.map(shownQuestion),
    setAside: from.setAside,
    settings: from.settings,
    trouble: from.trouble,
    seen: new Map(),
  };
}

/** Folds one event at `now` and says which part it changed; undefined when it changed nothing that is kept here. */
export function foldHouse(house: LivingHouse, event: HouseEvent, now: Instant): HousePart | undefined {
  switch (event.type) {
    case 'accounts-changed':
      for (const account of event.changed) house.accounts.set(account.id, shownAccount(account));
      for (const id of event.removed) {
        house.accounts.delete(id);
        house.connections.delete(id);
        house.retries.delete(id);
      }
      return 'accounts';
    case 'connection-opened':
      house.connections.set(event.connection.account, revive(event.connection));
      return 'connections';
    case 'connection-changed':
      return foldConnection(house, event.account, event.event, now);
    case 'retry-planned':
      if (event.retry.at === undefined) house.retries.delete(event.retry.account);
      else house.retries.set(event.retry.account, event.retry.at);
      return 'accounts';
    case 'health-changed':
      house.health.set(event.protocol, event.health);
      return 'health';
    case 'people-changed':
      for (const person of event.changed) takePerson(house, person);
      for (const id of event.removed) forgetPerson(house, id);
      return 'people';
    case 'conversations-changed':
      for (const conversation of event.changed) house.conversations.set(conversation.id, conversation);
      for (const id of event.removed) house.conversations.delete(id);
      return 'conversations';
    case 'draft-changed':
      if (event.draft === '') house.drafts.delete(event.conversation);
      else house.drafts.set(event.conversation, event.draft);
      return 'drafts';
    case 'questions-changed':
      house.questions = event.open.map(shownQuestion);
      return 'questions';
    case 'set-aside-changed':
      house.setAside = event.setAside;
      return 'set-aside';
    case 'secrets-changed':
      house.secrets = event.secrets;
      return 'secrets';
    case 'settings-changed':
      house.settings = event.settings;
      return 'settings';
    case 'trouble':
      house.trouble = event.trouble;
      return 'trouble';
    case 'messages-changed':
    case 'conversation-wanted':
      return undefined;
    default:
      return assertNever(event);
  }
}

function takePerson(house: LivingHouse, person: Person): void {
  const before = house.people.get(person.id);
  house.people.set(person.id, shownPerson(person));
  if (before !== undefined) disown(house, before);
  for (const key of person.contacts) house.owners.set(keyText(key), person.id);
}

function forgetPerson(house: LivingHouse, id: PersonId): void {
  const person = house.people.get(id);
  house.people.delete(id);
  if (person !== undefined) disown(house, person);
}

/** What somebody else has taken over in the meantime stays theirs. */
function disown({ owners }: LivingHouse, { id, contacts }: Person): void {
  for (const key of contacts.map(keyText)) if (owners.get(key) === id) owners.delete(key);
}

/** For looking up. */
export const keyText = ({ account, contact }: ContactKey): string => `${account} ${contact}`;

function foldConnection(
  house: LivingHouse,
  account: AccountId,
  event: ConnectionEvent,
  now: Instant,
): HousePart | undefined {
  const living = house.connections.get(account);
  if (living === undefined) return undefined;
  if (event.type === 'presences-changed') {
    for (const [contact, presence] of event.presences) {
      const before = living.contacts.get(contact)?.presence.availability;
      if (presence.availability === 'offline' && before !== undefined && before !== 'offline' && before !== 'unknown')
        house.seen.set(keyText({ account, contact }), now);
    }
  }
  fold(living, event);
  return 'connections';
}
