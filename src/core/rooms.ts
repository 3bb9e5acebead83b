/** The rooms of core and the doors between them: the only place where one is told of another. */
import { KithError } from '../base/index.ts';
import { type Asked, conversationId, type Message } from '../domain/index.ts';
import { AccountList } from './account-list.ts';
import { Accounts } from './accounts.ts';
import { Addresses } from './addresses.ts';
import { Announcer } from './announcer.ts';
import { Attention } from './attention.ts';
import { Connections } from './connections.ts';
import { ContactList } from './contact-list.ts';
import { Conversations } from './conversations.ts';
import { Drafts } from './drafts.ts';
import { Files } from './files.ts';
import { History } from './history.ts';
import { Hosts } from './hosts.ts';
import type { HouseOptions } from './house-options.ts';
import { Intake } from './intake.ts';
import { NetworkWatch } from './network-watch.ts';
import { KeptRooms } from './kept-rooms.ts';
import { Outbox } from './outbox.ts';
import { Passwords } from './passwords.ts';
import { People } from './people.ts';
import { Pictures } from './pictures.ts';
import { Pipeline } from './pipeline.ts';
import { Plugins } from './plugins.ts';
import { Questions } from './questions.ts';
import { Reading } from './reading.ts';
import { invitationKey, Registrations } from './registrations.ts';
import { Rejoining } from './rejoining.ts';
import { RoomList } from './room-list.ts';
import { type AskPassphrase, SecretKeeper } from './secret-keeper.ts';
import { secretSettings, SecretSettings, settingKey } from './secret-settings.ts';
import { SetAside } from './set-aside.ts';
import { Settings } from './settings.ts';
import { tokenKey, Tokens } from './tokens.ts';
import { Trouble } from './trouble.ts';
import { Uploads } from './uploads.ts';

export type Rooms = ReturnType<typeof furnish>;

/** Builds them all. Nothing has begun yet. */
export function furnish(options: HouseOptions) {
  const { store, clock, log, random = Math.random } = options;

  const announcer = new Announcer(log);
  const trouble = new Trouble(announcer, log, store.damage);
  const accountList = new AccountList(store, announcer);
  const hosts = new Hosts(options.faces, options.hosts, announcer, log);
  const questions = new Questions(announcer, clock);
  const settings = new Settings(store, announcer, log);
  const askPassphrase: AskPassphrase = (why) =>
    questions.raise('passphrase', { why }, undefined, new AbortController().signal);
  const opened = typeof options.secrets === 'function' ? options.secrets(askPassphrase) : options.secrets;
  const secretKeys = () =>
    accountList.all().flatMap(({ id, protocol }) => {
      const names = hosts.knows(protocol) ? secretSettings(hosts.face(protocol).manifest) : [];
      return [id, tokenKey(id), invitationKey(id), ...names.map((name) => settingKey(id, name))];
    });
  const secrets = new SecretKeeper(opened, options.chooseSecrets, secretKeys, announcer);
  const secretsOfSettings = new SecretSettings(accountList, secrets, questions);
  const tokens = new Tokens(secrets, log);
  const passwords = new Passwords(store, accountList, secrets, tokens, questions);
  const registrations = new Registrations(store, secrets, log);
  const pipeline = new Pipeline();
  const keptRooms = new KeptRooms(store, log);

  const conversations: Conversations = new Conversations(store, trouble, {
    wake: () => announcer.wake(),
    began: (account, target) => {
      if (target.kind === 'contact') people.touch(account, target.contact);
    },
  });
  const people: People = new People(
    store.links(),
    {
      contact: (key) => connections.contact(key),
      talkedWith: (key) => conversations.with(key),
      wake: () => announcer.wake(),
    },
    log,
  );
  const connections: Connections = new Connections(
    { store, clock, random, log, announcer, trouble, accounts: accountList, hosts, keptRooms },
    {
      ask: async (account, kind, question, signal) => {
        if (kind === 'passphrase') throw new KithError('not-supported', 'A passphrase belongs to no account');
        if (kind === 'certificate' || kind === 'registration') return questions.raise(kind, question, account, signal);
        // TypeScript does not see that the kind decides the question.
        if (kind === 'secret' && (question as Asked['secret']['question']).name === 'invitation')
          return registrations.invitation(account) as never;
        if (kind === 'secret') return secretsOfSettings.answer(account, question as never, signal) as never;
        return passwords.answer(account, question as { why: 'needed' | 'refused' }, signal) as never;
      },
      asking: (account) => questions.open().some((question) => question.account === account),
      readToken: (account) => tokens.read(account),
      keepToken: (account, token) => tokens.keep(account, token),
      hear: (connection, event, revision) => {
        intake.hear(connection, event, revision);
        if (event.type !== 'status-changed') return;
        const { account } = connection;
        const write = (work: () => void): void => void connections.shelf(account)?.putBetween(work);
        if (event.status === 'online') {
          write(() => passwords.accepted(account));
          write(() => registrations.made(account));
          reading.catchUp(account);
          attention.began(connection);
          pictures.lookAgain();
          files.lookAgain();
        }
        if (event.reason?.code === 'authentication-failed') write(() => passwords.refused(account));
      },
      replaced: (account) => {
        people.touchAccount(account, connections.get(account)?.living.contacts.keys() ?? []);
        people.touchAccount(account, conversations.contactsOf(account));
      },
      closed: (account) => outbox.lostSightOf(account),
      recovered: () => {
        conversations.recovered();
        drafts.recovered();
      },
    },
  );
  const drafts = new Drafts(store, conversations, announcer, trouble);
  const setAside = new SetAside(store, announcer, (key) => connections.contact(key));
  const changed = (messages: readonly Message[]): void => {
    conversations.changed(messages);
    announcer.say({ type: 'messages-changed', changed: messages, removed: [] });
  };
  const outbox: Outbox = new Outbox({
    store,
    clock,
    pipeline,
    connection: (account) => connections.get(account),
    disclosure: () => settings.disclosure,
    upload: (message) => uploads.begin(message),
    refused: (error) => trouble.raise(error),
    aboutToWrite: (account) => void connections.shelf(account)?.retry(),
    lastSaid: (account, target) => conversations.lastSaid(account, target),
    spoke: (message) => {
      reading.acknowledge(conversationId(message.account, message.target), message.id);
      conversations.changed([message]);
      intake.tell(message);
    },
    changed,
  });
  const uploads: Uploads = new Uploads({
    store,
    files: options.files,
    clock,
    log,
    connections: () => connections.all(),
    connection: (account) => connections.get(account),
    outbox: () => outbox,
    changed,
  });
  const files: Files = new Files({
    store,
    files: options.files,
    log,
    connection: (account) => connections.get(account),
    isListed: (key) => connections.contact(key)?.listed === true,
    changed,
  });
  const rejoining = new Rejoining({ clock, random, log, connection: (account) => connections.get(account) });
  const intake: Intake = new Intake({
    store,
    log,
    announcer,
    pipeline,
    people,
    conversations,
    outbox,
    setAside,
    keptRooms,
    rejoining,
    nickIn: (account, room) => connections.get(account)?.living.rooms.get(room)?.nick,
    shelf: (account) => connections.shelf(account),
  });
  const reading: Reading = new Reading(conversations, settings, (account) => connections.get(account), log);
  const history = new History({
    store,
    log,
    connection: (account) => connections.get(account),
    keep: (messages) => intake.keepOld(messages),
  });
  const network = new NetworkWatch({
    clock,
    addresses: options.networkAddresses ?? (() => ''),
    cameBack: () => {
      log.info('The network may be there again');
      for (const connection of connections.all()) connection.networkCameBack();
    },
  });
  const attention = new Attention({ clock, log, connections: () => connections.all() });
  const accounts = new Accounts({
    log,
    accounts: accountList,
    hosts,
    connections,
    passwords,
    secretSettings: secretsOfSettings,
    questions,
    registrations,
    beganAnew: (account) => void connections.shelf(account)?.putBetween(() => outbox.lostSightOf(account)),
    forgotten: (account) => {
      conversations.forget(account);
      setAside.forget(account);
      drafts.forget(account);
      people.touchAccount(account, []);
    },
  });
  const addresses = new Addresses(accountList, hosts, ({ account, target }) =>
    target.kind === 'contact'
      ? connections.contact({ account, contact: target.contact })?.listed === true
      : connections.get(account)?.living.rooms.has(target.room) === true,
  );
  const contactList = new ContactList(accountList, addresses, connections);
  const pictures: Pictures = new Pictures(store, connections, log);
  const roomList = new RoomList(accountList, addresses, connections, conversations);
  const plugins = new Plugins({ store, clock, log, people, pipeline });

  announcer.addSource(() => conversations.collect());
  announcer.addSource(() => people.collect());
  return {
    store,
    announcer,
    accountList,
    accounts,
    addresses,
    attention,
    connections,
    contactList,
    conversations,
    drafts,
    files,
    history,
    hosts,
    network,
    outbox,
    people,
    pictures,
    plugins,
    questions,
    reading,
    rejoining,
    roomList,
    secrets,
    setAside,
    settings,
    trouble,
    uploads,
  };
}
