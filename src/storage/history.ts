/** A conversation read a page at a time, from its end, from a message in it, or from a day. */
import { type Instant, KithError } from '../base/index.ts';
import type { HistoryAsk, HistoryPage, Store } from '../contracts/index.ts';
import { conversationId, type AccountId, type ConversationTarget, type MessageId } from '../domain/index.ts';
import type { Conversations } from './conversations.ts';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, MESSAGE_TABLES, messageFrom, type MessageRow } from './message-row.ts';
import type { Messages, Place } from './messages.ts';

export class History {
  readonly #database: Database;
  readonly #conversations: Conversations;
  readonly #messages: Messages;

  constructor(database: Database, conversations: Conversations, messages: Messages) {
    this.#database = database;
    this.#conversations = conversations;
    this.#messages = messages;
  }

  /** Throws 'not-found' when the message it is to begin at is none of this conversation: another page would repeat what is shown, or leave a gap. */
  page({ account, target, place, limit }: HistoryAsk): HistoryPage {
    const conversation = this.#conversations.findKey(conversationId(account, target));
    if (conversation === undefined) return { messages: [], more: false, ahead: false };
    if (place === undefined) return inOrder(this.#older(conversation, undefined, limit));
    if ('before' in place) {
      const at = this.#place(conversation, place.before);
      return { ...inOrder(this.#older(conversation, at, limit)), ahead: true };
    }
    if ('after' in place) {
      const { rows, more } = this.#newer(conversation, this.#place(conversation, place.after), limit);
      return { messages: rows.map(messageFrom), more: true, ahead: more };
    }
    // What is looked for stands among the newer ones, as their first.
    const at = 'around' in place ? justBefore(this.#place(conversation, place.around)) : { at: place.since, seq: -1 };
    const newer = this.#newer(conversation, at, limit - Math.floor(limit / 2));
    const before = { at: at.at, seq: at.seq + 1 };
    const older = this.#older(conversation, before, Math.max(1, limit - newer.rows.length));
    return {
      messages: [...older.rows.toReversed(), ...newer.rows].map(messageFrom),
      more: older.more,
      ahead: newer.more,
    };
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

  #place(conversation: number, id: MessageId): Point {
    const place = this.#messages.place(id);
    if (place === undefined || place.conversation !== conversation)
      throw new KithError('not-found', 'The message this page begins at is no longer there.');
    return place;
  }

  /** Newest first. */
  #older(conversation: number, before: Point | undefined, limit: number): Rows {
    const [where, ...values] =
      before === undefined ? ['' as const] : ['AND (message.at, message.seq) < (?, ?)' as const, before.at, before.seq];
    return this.#read(`${where} ORDER BY message.at DESC, message.seq DESC`, conversation, values, limit);
  }

  /** Oldest first. */
  #newer(conversation: number, after: Point, limit: number): Rows {
    const where = 'AND (message.at, message.seq) > (?, ?) ORDER BY message.at, message.seq';
    return this.#read(where, conversation, [after.at, after.seq], limit);
  }

  #read(where: string, conversation: number, values: readonly number[], limit: number): Rows {
    const rows = this.#database.all<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES}
       WHERE message.conversation = ? AND message.corrects IS NULL ${where} LIMIT ?`,
      conversation,
      ...values,
      limit + 1,
    );
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }
}

type Point = Pick<Place, 'at' | 'seq'>;

interface Rows {
  readonly rows: readonly MessageRow[];
  readonly more: boolean;
}

const justBefore = ({ at, seq }: Point): Point => ({ at, seq: seq - 1 });

const inOrder = ({ rows, more }: Rows): HistoryPage => ({
  messages: rows.toReversed().map(messageFrom),
  more,
  ahead: false,
});
