/** Takes messages in: what is new is stored, what was here before is recognised. */
import type { Kept } from '../contracts/index.ts';
import type { AccountId, Message, MessageId } from '../domain/index.ts';
import type { Accounts } from './accounts.ts';
import type { Conversations, OpenConversation } from './conversations.ts';
import type { Corrections } from './corrections.ts';
import type { Database } from './database.ts';
import type { Messages } from './messages.ts';

export class Intake {
  readonly #database: Database;
  readonly #accounts: Accounts;
  readonly #conversations: Conversations;
  readonly #messages: Messages;
  readonly #corrections: Corrections;

  constructor(
    database: Database,
    accounts: Accounts,
    conversations: Conversations,
    messages: Messages,
    corrections: Corrections,
  ) {
    this.#database = database;
    this.#accounts = accounts;
    this.#conversations = conversations;
    this.#messages = messages;
    this.#corrections = corrections;
  }

  /** One transaction. Throws 'not-found' for an account that is gone. */
  keep(messages: readonly Message[]): Kept {
    return this.#database.together(() => {
      const accounts = new Map<AccountId, number>();
      const stored: Message[] = [];
      const confirmed: MessageId[] = [];
      const absorbed = new Set<MessageId>();
      for (const message of messages) {
        let account = accounts.get(message.account);
        if (account === undefined) {
          account = this.#accounts.key(message.account);
          accounts.set(message.account, account);
        }
        const conversation = this.#conversations.open(message.account, account, message.target);
        const known = this.#messages.repeated(message, account, conversation.key);
        if (known === undefined) {
          for (const id of this.#store(message, account, conversation)) absorbed.add(id);
          stored.push(message);
          continue;
        }
        if (known.archive === null && message.archive !== undefined)
          this.#messages.learnArchive(known.seq, message.archive);
        if (known.outgoing === 1) confirmed.push(known.id);
      }
      return { ...this.#told(stored, absorbed), confirmed };
    });
  }

  /** Returns what is not shown by itself: a correction whose original is here, and those that waited for this one. */
  #store(message: Message, account: number, conversation: OpenConversation): readonly MessageId[] {
    const original = this.#corrections.originalOf(message, conversation.key);
    const unread = original === undefined && isUnread(message, conversation);
    const seq = this.#messages.insert(message, account, conversation.key, unread);
    if (original !== undefined) {
      this.#corrections.tie(seq, original);
      return [message.id];
    }
    this.#conversations.gained(conversation.key, seq, message.at, unread);
    // Whoever wrote from another device has seen what stood above.
    if (message.direction === 'outgoing' && message.caughtUp === true)
      this.#conversations.readUpTo(conversation.key, message.at, seq);
    const waited = this.#corrections.waitingFor(message, conversation.key);
    for (const correction of waited) {
      this.#corrections.tie(correction.seq, seq);
      this.#conversations.lost(conversation.key, correction.seq, correction.unread);
    }
    return waited.map(({ id }) => id);
  }

  #told(stored: readonly Message[], absorbed: ReadonlySet<MessageId>): Omit<Kept, 'confirmed'> {
    const fresh = new Map(stored.filter(({ id }) => !absorbed.has(id)).map((message) => [message.id, message]));
    const corrected = new Map<MessageId, Message>();
    for (const id of absorbed) {
      const shown = this.#messages.shown(id);
      if (shown !== undefined) (fresh.has(shown.id) ? fresh : corrected).set(shown.id, shown);
    }
    return { fresh: [...fresh.values()], corrected: [...corrected.values()], absorbed: [...absorbed] };
  }
}

/**
 * What the archive brings from before the read point was read on another device or scrolled back to.
 * What arrives live is news even when its stamp is older: the server held it back, and nobody has seen it.
 */
function isUnread(message: Message, conversation: OpenConversation): boolean {
  if (message.direction === 'outgoing') return false;
  return message.caughtUp !== true || conversation.read_at === null || message.at >= conversation.read_at;
}
