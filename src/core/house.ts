/** The rooms of core, put together. */
import { asKithError, AsyncDisposableStack, type Clock, Emitter, KithError, type Log } from '../base/index.ts';
import type {
  AccountDraft,
  BridgeCalls,
  BridgeVerb,
  House,
  HouseSnapshot,
  Plugin,
  ProtocolFace,
  Secrets,
  Store,
} from '../contracts/index.ts';
import { conversationId } from '../domain/index.ts';
import { AccountList } from './account-list.ts';
import { Accounts } from './accounts.ts';
import { Addresses } from './addresses.ts';
import { Announcer } from './announcer.ts';
import { bounded } from './bounded.ts';
import { Connections } from './connections.ts';
import { ContactList } from './contact-list.ts';
import { Conversations } from './conversations.ts';
import { History } from './history.ts';
import { Hosts, type MakeHost } from './hosts.ts';
import { Intake } from './intake.ts';
import { Outbox } from './outbox.ts';
import { Passwords } from './passwords.ts';
import { People } from './people.ts';
import { Pipeline } from './pipeline.ts';
import { Plugins } from './plugins.ts';
import { Questions } from './questions.ts';
import { Reading } from './reading.ts';
import { type AskPassphrase, type ChooseSecrets, SecretKeeper } from './secret-keeper.ts';
import { Settings } from './settings.ts';
import { Trouble } from './trouble.ts';
import { verbs } from './verbs.ts';

/** What ends the protocols themselves may take, in milliseconds, after the sessions have ended. */
const hostsEndWithin = 300;

export interface HouseOptions {
  /** Open; whoever opened it closes it after the house. */
  readonly store: Store;
  /** Where passwords live. As a function, it is given the way to ask the person for a passphrase. */
  readonly secrets: Secrets | ((askPassphrase: AskPassphrase) => Secrets);
  /** Opens another place for passwords. Without it there is only one. */
  readonly chooseSecrets?: ChooseSecrets;
  /** Called once for each protocol that has an account wanting it. */
  readonly hosts: MakeHost;
  readonly faces: readonly ProtocolFace[];
  readonly plugins?: readonly Plugin[];
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** The accounts that 'demo.start' adds. A house that has no others is the demo. */
  readonly demo?: { readonly accounts: readonly AccountDraft[] };
  /** From 0 up to, not including, 1; spreads retries. */
  readonly random?: () => number;
}

/** Resolves when the house can be asked. The accounts that are wanted are then on their way, not necessarily there. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { store, clock, log, random = Math.random, demo = { accounts: [] } } = options;

  const announcer = new Announcer(log);
  const trouble = new Trouble(announcer, log);
  const accountList = new AccountList(store, announcer);
  const hosts = new Hosts(options.faces, options.hosts, announcer, log);
  const questions = new Questions(announcer, clock);
  const settings = new Settings(store, announcer, log);
  const askPassphrase: AskPassphrase = (why) =>
    questions.raise('passphrase', { why }, undefined, new AbortController().signal);
  const opened = typeof options.secrets === 'function' ? options.secrets(askPassphrase) : options.secrets;
  const secrets = new SecretKeeper(opened, options.chooseSecrets, accountList, announcer);
  const passwords = new Passwords(store, accountList, secrets, questions);
  const pipeline = new Pipeline();

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
    { store, clock, random, log, announcer, trouble, accounts: accountList, hosts },
    {
      ask: async (account, kind, question, signal) => {
        if (kind === 'passphrase') throw new KithError('not-supported', 'A passphrase belongs to no account');
        if (kind === 'certificate') return questions.raise(kind, question, account, signal);
        return passwords.answer(account, question as { why: 'needed' | 'refused' }, signal) as never;
      },
      hear: (connection, event, revision) => {
        intake.hear(connection, event, revision);
        if (event.type !== 'status-changed') return;
        if (event.status === 'online') {
          passwords.accepted(connection.account);
          reading.catchUp(connection.account);
        }
        if (event.reason?.code === 'authentication-failed') passwords.refused(connection.account);
      },
      replaced: (account) => {
        people.touchAccount(account, connections.get(account)?.living.contacts.keys() ?? []);
        people.touchAccount(account, conversations.contactsOf(account));
      },
      closed: (account) => outbox.lostSightOf(account),
      recovered: () => conversations.recovered(),
    },
  );
  const outbox: Outbox = new Outbox({
    store,
    clock,
    pipeline,
    connection: (account) => connections.get(account),
    refused: (error) => trouble.raise(error),
    aboutToWrite: (account) => void connections.shelf(account)?.retry(),
    lastSaid: (account, target) => conversations.find(account, target)?.last?.at,
    spoke: (message) => {
      reading.acknowledge(conversationId(message.account, message.target), message.id);
      conversations.changed([message]);
      intake.tell(message);
    },
    changed: (messages) => {
      conversations.changed(messages);
      announcer.say({ type: 'messages-changed', changed: messages, removed: [] });
    },
  });
  const intake: Intake = new Intake({
    store,
    log,
    announcer,
    pipeline,
    people,
    conversations,
    outbox,
    shelf: (account) => connections.shelf(account),
  });
  const reading: Reading = new Reading(conversations, settings, (account) => connections.get(account), log);
  const history = new History({
    store,
    log,
    connection: (account) => connections.get(account),
    keep: (messages) => intake.keepOld(messages),
  });
  const accounts = new Accounts({
    log,
    accounts: accountList,
    hosts,
    connections,
    passwords,
    questions,
    forgotten: (account) => {
      conversations.forget(account);
      people.touchAccount(account, []);
    },
  });
  const addresses = new Addresses(accountList, hosts, (key) => connections.contact(key)?.listed === true);
  const contactList = new ContactList(accountList, addresses, connections);
  const plugins = new Plugins({ store, clock, log, people, pipeline });

  announcer.addSource(() => conversations.collect());
  announcer.addSource(() => people.collect());

  const wantsQuit = new Emitter<void>((error) => log.error('A listener to the quit threw', { error: String(error) }));
  const snapshot = (): HouseSnapshot => {
    announcer.flush();
    return {
      revision: announcer.revision,
      version: options.version,
      demo: isDemo(),
      secrets: secrets.now.mode,
      protocols: hosts.manifests,
      health: hosts.health,
      accounts: accountList.all(),
      retries: connections.retries,
      connections: connections.snapshots,
      people: people.all(),
      conversations: conversations.all(),
      questions: questions.open(),
      settings: settings.now,
    };
  };
  const isDemo = (): boolean => {
    const drafts = demo.accounts.map(
      ({ protocol, address }) => `${protocol} ${hosts.face(protocol).normalise(address)}`,
    );
    const all = accountList.all();
    return all.length > 0 && all.every(({ protocol, address }) => drafts.includes(`${protocol} ${address}`));
  };

  const answers = verbs({
    store,
    announcer,
    accountList,
    accounts,
    addresses,
    contactList,
    conversations,
    history,
    hosts,
    outbox,
    questions,
    reading,
    secrets,
    settings,
    demo: demo.accounts,
    snapshot,
    quit: () => wantsQuit.fire(),
  });

  const ending = new AsyncDisposableStack();
  ending.use(announcer);
  ending.use(people);
  ending.use(wantsQuit);
  ending.defer(async () => {
    await bounded(clock, hostsEndWithin, hosts[Symbol.asyncDispose]());
  });
  ending.use(connections);
  ending.defer(() => questions.withdrawAll());
  ending.use(plugins);

  await plugins.start(options.plugins ?? []);
  for (const { id } of accountList.all()) outbox.lostSightOf(id);
  accounts.start();

  let open = true;
  return {
    snapshot,
    onDidChange: announcer.onDidChange,
    onDidWantQuit: wantsQuit.event,
    async ask<V extends BridgeVerb>(verb: V, input: BridgeCalls[V]['in']): Promise<BridgeCalls[V]['out']> {
      if (!open) throw new KithError('cancelled', 'Kith has ended');
      if (!Object.hasOwn(answers, verb)) throw new KithError('not-supported', 'This is not a question Kith knows');
      try {
        return ((await answers[verb](input)) ?? null) as BridgeCalls[V]['out'];
      } catch (error) {
        throw asKithError(error);
      }
    },
    async [Symbol.asyncDispose]() {
      open = false;
      await ending[Symbol.asyncDispose]();
    },
  };
}
