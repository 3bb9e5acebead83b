/** The conversations of the house: made when first needed, with what is unread and what was said last. */
import { type Instant, KithError } from '../base/index.ts';
import type { HouseEvent, Store } from '../contracts/index.ts';
import {
  type AccountId,
  type ContactId,
  type ContactKey,
  type Conversation,
  type ConversationId,
  conversationId,
  type ConversationTarget,
  type Message,
  type MessageId,
  type ReadUpTo,
} from '../domain/index.ts';
import type { Trouble } from './trouble.ts';

export interface ConversationsDuties {
  /** Something will be said at the end of this turn. */
  wake(): void;
  /** A conversation began: its other side may be a new person. */
  began(account: AccountId, target: ConversationTarget): void;
}

export class Conversations {
  readonly #store: Store;
  readonly #trouble: Trouble;
  readonly #duties: ConversationsDuties;
  readonly #conversations: Map<ConversationId, Conversation>;
  /** To be read again from the store at the end of the turn. */
  readonly #touched = new Set<ConversationId>();
  readonly #unsaid = new Set<ConversationId>();
  /** Hold messages the disk refused; the store would know less than we show. */
  readonly #aheadOfStore = new Set<ConversationId>();
  /** Read elsewhere up to a message that is not here yet, by its id in the archive. */
  readonly #readWhenHere = new Map<ConversationId, string>();
  /** Of conversations that may have to be read again: known at once, without reading. */
  readonly #saidSince = new Map<ConversationId, Instant>();

  constructor(store: Store, trouble: Trouble, duties: ConversationsDuties) {
    this.#store = store;
    this.#trouble = trouble;
    this.#duties = duties;
    this.#conversations = new Map(store.conversations().map((conversation) => [conversation.id, conversation]));
  }

  all(): readonly Conversation[] {
    this.#settle();
    return [...this.#conversations.values()];
  }

  /** Throws 'not-found'. */
  get(id: ConversationId): Conversation {
    this.#settle();
    const conversation = this.#conversations.get(id);
    if (conversation === undefined) throw new KithError('not-found', 'There is no such conversation');
    return conversation;
  }

  /** As it was made, without what is unread now. */
  whose(id: ConversationId): Pick<Conversation, 'account' | 'target'> | undefined {
    return this.#conversations.get(id);
  }

  find(account: AccountId, target: ConversationTarget): Conversation | undefined {
    this.#settle();
    return this.#conversations.get(conversationId(account, target));
  }

  /** When the newest message was said; undefined when none was. */
  lastSaid(account: AccountId, target: ConversationTarget): Instant | undefined {
    const id = conversationId(account, target);
    return this.#saidSince.get(id) ?? this.#conversations.get(id)?.last?.at;
  }

  with({ account, contact }: ContactKey): boolean {
    return this.#conversations.has(conversationId(account, { kind: 'contact', contact }));
  }

  contactsOf(account: AccountId): readonly ContactId[] {
    return [...this.#conversations.values()].flatMap(({ account: of, target }) =>
      of === account && target.kind === 'contact' ? target.contact : [],
    );
  }

  /** Finds it, or begins it. One without messages lasts until Kith ends. */
  open(account: AccountId, target: ConversationTarget): Conversation {
    return this.get(this.#known(account, target).id);
  }

  /** These messages are new or changed, on disk. */
  changed(messages: readonly Message[]): void {
    for (const { id: message, account, target, at, archive } of messages) {
      const { id } = this.#known(account, target);
      this.#saidSince.set(id, Math.max(at, this.lastSaid(account, target) ?? at));
      this.touch(id);
      if (archive === undefined || this.#readWhenHere.get(id) !== archive) continue;
      this.#readWhenHere.delete(id);
      this.acknowledge(id, message);
    }
  }

  /** These are shown although the disk refused them. */
  changedUnstored(messages: readonly Message[]): void {
    for (const message of messages) {
      const before = this.#known(message.account, message.target);
      const isLast = before.last === undefined || message.at >= before.last.at;
      const unread = message.direction === 'incoming' ? before.unread + 1 : before.unread;
      const mentions = (before.mentions ?? 0) + (message.mention === true ? 1 : 0);
      this.#conversations.set(before.id, {
        ...before,
        unread,
        ...(mentions === 0 ? {} : { mentions }),
        ...(isLast ? { last: message } : {}),
      });
      this.#aheadOfStore.add(before.id);
      this.#say(before.id);
    }
  }

  /** The disk has caught up. */
  recovered(): void {
    for (const id of this.#aheadOfStore) this.touch(id);
    this.#aheadOfStore.clear();
  }

  touch(id: ConversationId): void {
    this.#touched.add(id);
    this.#duties.wake();
  }

  /** Read up to here. Returns the newest message acknowledged whose sender wants to hear of it. */
  acknowledge(id: ConversationId, upTo: MessageId): Message | undefined {
    const wanting = this.#store.acknowledge(id, upTo);
    this.touch(id);
    return wanting;
  }

  /** Read on another device, up to this message. One that an archive has may come yet; any other that we do not have says nothing. */
  readElsewhere(account: AccountId, target: ConversationTarget, to: ReadUpTo): void {
    const id = conversationId(account, target);
    const upTo = 'archive' in to ? this.#store.findArchived(id, to.archive) : this.#store.findIncoming(id, to.origin);
    // Whoever wants to hear of it has heard from that device.
    if (upTo !== undefined) this.acknowledge(id, upTo);
    if (!('archive' in to)) return;
    if (upTo === undefined) this.#readWhenHere.set(id, to.archive);
    else this.#readWhenHere.delete(id);
  }

  /** How far it is read, in the archive's words. */
  readPosition(id: ConversationId): string | undefined {
    return this.#store.readPosition(id);
  }

  forget(account: AccountId): void {
    for (const { id } of [...this.#conversations.values()].filter((one) => one.account === account)) {
      this.#conversations.delete(id);
      this.#aheadOfStore.delete(id);
      this.#say(id);
    }
  }

  /** What has changed since this was last asked. */
  collect(): readonly HouseEvent[] {
    this.#settle();
    if (this.#unsaid.size === 0) return [];
    const changed: Conversation[] = [];
    const removed: ConversationId[] = [];
    for (const id of this.#unsaid) {
      const conversation = this.#conversations.get(id);
      if (conversation === undefined) removed.push(id);
      else changed.push(conversation);
    }
    this.#unsaid.clear();
    return [{ type: 'conversations-changed', changed, removed }];
  }

  #known(account: AccountId, target: ConversationTarget): Conversation {
    const id = conversationId(account, target);
    const known = this.#conversations.get(id);
    if (known !== undefined) return known;
    const begun: Conversation = { id, account, target, unread: 0 };
    this.#conversations.set(id, begun);
    this.#say(id);
    this.#duties.began(account, target);
    return begun;
  }

  #say(id: ConversationId): void {
    this.#unsaid.add(id);
    this.#duties.wake();
  }

  /** However many messages came in a turn, each conversation is read once. */
  #settle(): void {
    for (const id of this.#touched) {
      this.#touched.delete(id);
      this.#saidSince.delete(id);
      const before = this.#conversations.get(id);
      if (before === undefined || this.#aheadOfStore.has(id)) continue;
      this.#conversations.set(id, this.#read(before));
      this.#unsaid.add(id);
    }
  }

  #read(before: Conversation): Conversation {
    const { id, account, target } = before;
    try {
      return this.#store.conversation(id) ?? { id, account, target, unread: 0 };
    } catch (error) {
      this.#trouble.raise(error);
      return before;
    }
  }
}
