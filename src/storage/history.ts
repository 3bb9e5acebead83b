/** A conversation read backwards, a page at a time. */
import { type Instant, KithError } from '../base/index.ts';
import type { HistoryAsk, HistoryPage, Store } from '../contracts/index.ts';
import { conversationId, type AccountId, type ConversationTarget } from '../domain/index.ts';
import type { Conversations } from './conversations.ts';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, MESSAGE_TABLES, messageFrom, type MessageRow } from './message-row.ts';
import type { Messages } from './messages.ts';

export class History {
  readonly #database: Database;
  readonly #conversations: Conversations;
  readonly #messages: Messages;

  constructor(database: Database, conversations: Conversations, messages: Messages) {
    this.#database = database;
    this.#conversations = conversations;
    this.#messages = messages;
  }

  /** Throws 'not-found' when `before` is no message of this conversation: the newest page instead would repeat what is shown. */
  page(ask: HistoryAsk): HistoryPage {
    const conversation = this.#conversations.findKey(conversationId(ask.account, ask.target));
    if (conversation === undefined) return { messages: [], more: false };
    const rows = this.#before(conversation, ask.before, ask.limit + 1);
    const page = rows.slice(0, ask.limit).toReversed();
    return { messages: page.map(messageFrom), more: rows.length > ask.limit };
  }

  lastHeard(account: AccountId, target: ConversationTarget): Instant | undefined {
    return this.#database.first<{ at: Instant }>(
      `SELECT at FROM message
       WHERE conversation = (SELECT key FROM conversation WHERE id = ?) AND (outgoing = 0 OR archive IS NOT NULL)
       ORDER BY at DESC LIMIT 1`,
      conversationId(account, target),
    )?.at;
  }

  oldestArchived(account: AccountId, target: ConversationTarget): ReturnType<Store['oldestArchived']> {
    return this.#database.first<{ archive: string; at: Instant }>(
      `SELECT archive, at FROM message
       WHERE conversation = (SELECT key FROM conversation WHERE id = ?) AND archive IS NOT NULL
       ORDER BY at, seq LIMIT 1`,
      conversationId(account, target),
    );
  }

  /** Newest first. */
  #before(conversation: number, before: HistoryAsk['before'], limit: number): MessageRow[] {
    const select = `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES} WHERE message.conversation = ? AND message.corrects IS NULL`;
    const order = 'ORDER BY message.at DESC, message.seq DESC LIMIT ?';
    if (before === undefined) return this.#database.all<MessageRow>(`${select} ${order}`, conversation, limit);
    const place = this.#messages.place(before);
    if (place === undefined || place.conversation !== conversation)
      throw new KithError('not-found', 'The message this page begins at is no longer there.');
    return this.#database.all<MessageRow>(
      `${select} AND (message.at, message.seq) < (?, ?) ${order}`,
      conversation,
      place.at,
      place.seq,
      limit,
    );
  }
}
