/** Every question the house answers, once. Total: a new verb does not compile until it stands here. */
import { KithError } from '../base/index.ts';
import type { AccountDraft, BridgeCalls, BridgeVerb, HouseSnapshot, Store } from '../contracts/index.ts';
import { cleanCard, type Conversation } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Accounts } from './accounts.ts';
import type { Addresses } from './addresses.ts';
import type { Announcer } from './announcer.ts';
import type { Attention } from './attention.ts';
import type { Connections } from './connections.ts';
import type { ContactList } from './contact-list.ts';
import type { Conversations } from './conversations.ts';
import type { Drafts } from './drafts.ts';
import type { Files } from './files.ts';
import type { History } from './history.ts';
import type { Hosts } from './hosts.ts';
import type { Outbox } from './outbox.ts';
import type { Pictures } from './pictures.ts';
import type { Questions } from './questions.ts';
import type { Reading } from './reading.ts';
import type { RoomList } from './room-list.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import type { SetAside } from './set-aside.ts';
import type { Settings } from './settings.ts';
import type { Uploads } from './uploads.ts';

export interface VerbRooms {
  readonly store: Store;
  readonly announcer: Announcer;
  readonly accountList: AccountList;
  readonly accounts: Accounts;
  readonly addresses: Addresses;
  readonly attention: Attention;
  readonly connections: Connections;
  readonly contactList: ContactList;
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly files: Files;
  readonly history: History;
  readonly hosts: Hosts;
  readonly outbox: Outbox;
  readonly pictures: Pictures;
  readonly questions: Questions;
  readonly reading: Reading;
  readonly roomList: RoomList;
  readonly secrets: SecretKeeper;
  readonly setAside: SetAside;
  readonly settings: Settings;
  readonly uploads: Uploads;
  readonly demo: readonly AccountDraft[];
  snapshot(): HouseSnapshot;
  quit(): void;
}

type Answer<T> = T | Promise<T>;
/** What answers with nothing may return nothing. */
type Out<V extends BridgeVerb> = BridgeCalls[V]['out'] extends null ? void | null : BridgeCalls[V]['out'];

export type Verbs = { readonly [V in BridgeVerb]: (input: BridgeCalls[V]['in']) => Answer<Out<V>> };

export function verbs(rooms: VerbRooms): Verbs {
  const { accounts, addresses, announcer, contactList, conversations, history, outbox, reading, roomList } = rooms;

  const lent: Connections['lent'] = (...what) => rooms.connections.lent(...what);

  /** In front of the person, wherever a window is; it is told of the conversation before it is asked to show it. */
  const want = (conversation: Conversation, draft: string | undefined): void => {
    for (const event of conversations.collect()) announcer.say(event);
    announcer.say({
      type: 'conversation-wanted',
      conversation: conversation.id,
      ...(draft === undefined ? {} : { draft }),
    });
  };

  return {
    'house.join': () => rooms.snapshot(),
    'house.looked': () => rooms.attention.looked(),
    'house.quit': () => rooms.quit(),

    'account.add': (draft) => accounts.add(draft),
    'account.set': (input) => accounts.set(input),
    'account.present': async ({ account, nickname, picture }) => {
      if (picture !== undefined) await rooms.pictures.setOwn(account, picture);
      if (nickname !== undefined) await lent(account, 'nickname', 'has no nicknames').setOwn(nickname.trim());
    },
    'account.setCard': async ({ account, card }) => lent(account, 'cards', 'has no cards').writeOwn(cleanCard(card)),
    'account.invite': async ({ account }) => lent(account, 'onboarding', 'has no invitations').invite(),
    // The server first: what it refuses changes nothing here.
    'account.changePassword': async ({ account, password }) => {
      await lent(account, 'membership', 'cannot change passwords').changePassword(password);
      await accounts.set({ account, password });
    },
    'account.remove': async ({ account, atServer }) => {
      if (atServer === true) await lent(account, 'membership', 'cannot be deleted from here').end();
      await accounts.remove(account);
    },
    'account.connect': ({ account }) => accounts.connectNow(account),
    'protocol.startAgain': ({ protocol }) => rooms.hosts.startAgain(protocol),
    'presence.set': ({ account, availability, message }) => accounts.setPresence(account, availability, message),

    'contact.request': (input) => contactList.request(input),
    'contact.authorise': async ({ account, contact }) => contactList.of(account).authorise(contact),
    'contact.refuse': async ({ account, contact }) => contactList.of(account).refuse(contact),
    'contact.setAside': ({ aside, ...key }) => rooms.setAside.set(key, aside),
    'contact.card': async ({ account, contact }) => {
      const card = await lent(account, 'cards', 'has no cards').read(contact);
      return cleanCard(card);
    },
    'contact.devices': async ({ account, contact }) => lent(account, 'devices', 'knows no devices').list(contact),
    'contact.block': async ({ account, contact, report }) =>
      lent(account, 'blocking', 'cannot block anybody').block(contact, report),
    'contact.unblock': async ({ account, contact }) =>
      lent(account, 'blocking', 'cannot block anybody').unblock(contact),
    'contact.remove': async ({ account, contact }) => contactList.of(account).remove(contact),
    'contact.rename': async ({ account, contact, alias }) => contactList.of(account).rename(contact, alias),
    'contact.setGroups': async ({ account, contact, groups }) => contactList.of(account).setGroups(contact, groups),

    'room.join': (input) => roomList.join(input),
    'room.create': (input) => roomList.create(input),
    'room.open': ({ account, room }) => roomList.open(account, room),
    'room.leave': async ({ account, room }) => roomList.of(account).leave(room),
    'room.forget': async ({ account, room }) => roomList.of(account).forget(room),
    'room.invite': (input) => roomList.invite(input),
    'room.setTopic': async ({ account, room, topic }) => roomList.of(account).setTopic(room, topic),
    'room.setNick': async ({ account, room, nick }) => roomList.of(account).setNick(room, nick),
    'room.configure': async ({ account, room, settings }) => roomList.of(account).configure(room, settings),
    'room.list': async (input) => roomList.list(input),

    'conversation.open': ({ account, address }) => {
      const found = addresses.find(address, account);
      return conversations.open(found.account, found.target);
    },
    'conversation.acknowledge': ({ conversation, upTo }) => {
      conversations.get(conversation);
      reading.acknowledge(conversation, upTo);
    },
    'conversation.setChatState': ({ conversation, state }) => {
      const { account, target } = conversations.get(conversation);
      reading.setChatState(account, target, state);
    },

    'conversation.setDraft': ({ account, target, draft }) =>
      rooms.drafts.set(rooms.accountList.get(account).id, target, draft),

    'message.send': ({ account, target, body }) => outbox.send(rooms.accountList.get(account), target, body),
    'message.correct': ({ message, body }) => outbox.correct(message, body),
    'message.retry': ({ message }) => outbox.retry(message),
    'message.discard': async ({ message }) => {
      const { left, ...gone } = outbox.discard(message);
      conversations.touch(conversations.open(gone.account, gone.target).id);
      announcer.say(
        left === undefined
          ? { type: 'messages-changed', changed: [], removed: [message] }
          : { type: 'messages-changed', changed: [left], removed: [] },
      );
      if (left === undefined) await rooms.uploads.discarded(gone);
    },

    'file.send': ({ account, target, held, name }) =>
      rooms.uploads.send(rooms.accountList.get(account), target, held, name),
    'file.show': ({ message }) => rooms.files.show(message),
    'file.save': ({ message }) => rooms.files.save(message),
    'file.open': ({ message }) => rooms.files.open(message),
    'file.cancel': ({ message }) => rooms.files.cancel(message),

    'history.page': ({ conversation, place, limit }) => history.page(conversations.get(conversation), place, limit),
    'history.search': (ask) => rooms.store.search(ask),

    'link.read': ({ uri }) => addresses.findLinked(uri).link,
    'link.open': ({ uri }) => {
      const { link, account, target } = addresses.findLinked(uri);
      // Only ever opened: neither is the text sent, the contact asked nor the room joined, the person does that.
      want(conversations.open(account, target), link.action === 'join' ? undefined : link.body);
      return link;
    },

    'question.answer': ({ question, answer }) => rooms.questions.answer(question, answer),
    'secrets.choose': ({ mode, passphrase }) => rooms.secrets.choose(mode, passphrase),
    'settings.set': (changed) => rooms.settings.set(changed),
    'demo.start': async () => {
      if (rooms.demo.length === 0) throw new KithError('not-supported', 'This Kith comes without a demo');
      await accounts.addAll(rooms.demo);
    },
  };
}
