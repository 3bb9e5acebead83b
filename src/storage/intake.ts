/** Takes messages in: what is new is stored, what was here before is recognised. */
import type { AccountId, Message, MessageId } from '../domain/index.ts';
import type { Accounts } from './accounts.ts';
import type { Conversations, OpenConversation } from './conversations.ts';
import type { Database } from './database.ts';
import type { Messages } from './messages.ts';

export interface Kept {
  readonly fresh: readonly Message[];
  readonly confirmed: readonly MessageId[];
}

export class Intake {
  readonly #database: Database;
  readonly #accounts: Accounts;
  readonly #conversations: Conversations;
  readonly #messages: Messages;

  constructor(database: Database, accounts: Accounts, conversations: Conversations, messages: Messages) {
    this.#database = database;
    this.#accounts = accounts;
    this.#conversations = conversations;
    this.#messages = messages;
  }

  /** One transaction. Throws 'not-found' for an account that is gone. */
  keep(messages: readonly Message[]): Kept {
    return this.#database.together(() => {
      const accounts = new Map<AccountId, number>();
      const fresh: Message[] = [];
      const confirmed: MessageId[] = [];
      for (const message of messages) {
        let account = accounts.get(message.account);
        if (account === undefined) {
          account = this.#accounts.key(message.account);
          accounts.set(message.account, account);
        }
        const conversation = this.#conversations.open(message.account, account, message.target);
        const known = this.#messages.repeated(message, account, conversation.key);
        if (known === undefined) {
          this.#store(message, account, conversation);
          fresh.push(message);
          continue;
        }
        if (known.archive === null && message.archive !== undefined)
          this.#messages.learnArchive(known.seq, message.archive);
        if (known.outgoing === 1) confirmed.push(known.id);
      }
      return { fresh, confirmed };
    });
  }

  #store(message: Message, account: number, conversation: OpenConversation): void {
    const unread = isUnread(message, conversation);
    const seq = this.#messages.insert(message, account, conversation.key, unread);
    this.#conversations.gained(conversation.key, seq, message.at, unread);
    // Whoever wrote from another device has seen what stood above.
    if (message.direction === 'outgoing' && message.caughtUp === true)
      this.#conversations.readUpTo(conversation.key, message.at, seq);
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
