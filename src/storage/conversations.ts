/** Conversations with their last message and what is unread, kept up to date as messages come and go. */
import {
  conversationId,
  targetAddress,
  type AccountId,
  type Conversation,
  type ConversationId,
  type ConversationTarget,
  type Message,
} from '../domain/index.ts';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, messageFrom, targetFrom, type MessageRow } from './message-row.ts';

/** A conversation as the intake needs it. */
export interface OpenConversation {
  readonly key: number;
  /** The time of the newest message acknowledged, if any. */
  readonly read_at: number | null;
}

interface ConversationRow extends Omit<MessageRow, 'seq'> {
  readonly conversation: ConversationId;
  readonly owner: AccountId;
  readonly unread: number;
  readonly mentions: number;
  readonly seq: number | null;
}

/** Costs what is unread, and nothing where all is read. */
const MENTIONS = `iif(conversation.unread = 0, 0, (SELECT count(*) FROM message AS said
  WHERE said.conversation = conversation.key AND said.unread = 1 AND said.mention = 1))`;

const SELECT = `SELECT conversation.id AS conversation, account.id AS owner, conversation.unread, ${MENTIONS} AS mentions, ${MESSAGE_COLUMNS}
  FROM conversation JOIN account ON account.key = conversation.account
  LEFT JOIN message ON message.seq = conversation.last`;

export class Conversations {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The one with the newest message first. */
  all(): readonly Conversation[] {
    return this.#database
      .all<ConversationRow>(`${SELECT} ORDER BY conversation.last_at DESC, conversation.key DESC`)
      .map(conversationFrom);
  }

  find(id: ConversationId): Conversation | undefined {
    const row = this.#database.first<ConversationRow>(`${SELECT} WHERE conversation.id = ?`, id);
    return row === undefined ? undefined : conversationFrom(row);
  }

  findKey(id: ConversationId): number | undefined {
    return this.#database.first<{ key: number }>('SELECT key FROM conversation WHERE id = ?', id)?.key;
  }

  /** Begins it when there is none. `key` is the account's. */
  open(account: AccountId, key: number, target: ConversationTarget): OpenConversation {
    const id = conversationId(account, target);
    return (
      this.#database.first<OpenConversation>('SELECT key, read_at FROM conversation WHERE id = ?', id) ?? {
        key: this.#database.run(
          'INSERT INTO conversation (id, account, kind, address) VALUES (?, ?, ?, ?)',
          id,
          key,
          target.kind,
          targetAddress(target),
        ).rowid,
        read_at: null,
      }
    );
  }

  /** A message was stored in it. */
  gained(key: number, seq: number, at: number, unread: boolean): void {
    this.#database.run(
      `UPDATE conversation SET unread = unread + ?1,
         last = iif(last IS NULL OR last_at <= ?3, ?2, last), last_at = max(ifnull(last_at, ?3), ?3) WHERE key = ?4`,
      unread ? 1 : 0,
      seq,
      at,
      key,
    );
  }

  /** A message was taken out of it; only if it was the last one is another looked for. */
  lost(key: number, seq: number, unread: number): void {
    this.#database.run('UPDATE conversation SET unread = unread - ? WHERE key = ?', unread, key);
    this.#database.run(
      `UPDATE conversation SET (last, last_at) = (
         SELECT seq, at FROM message WHERE conversation = ?1 AND corrects IS NULL ORDER BY at DESC, seq DESC LIMIT 1
       ) WHERE key = ?1 AND last = ?2`,
      key,
      seq,
    );
  }

  /** A correction counts where it was said. */
  readPosition(id: ConversationId): string | undefined {
    return this.#database.first<{ archive: string }>(
      `SELECT message.archive FROM conversation JOIN message ON message.conversation = conversation.key
       WHERE conversation.id = ? AND message.archive IS NOT NULL
         AND (message.at, message.seq) <= (conversation.read_at, conversation.read_seq)
       ORDER BY message.at DESC, message.seq DESC LIMIT 1`,
      id,
    )?.archive;
  }

  /**
   * Everything up to the message at (at, seq) counts as read.
   * Returns the id of the newest one that thereby became read and wants a read marker. Costs what was unread, no more.
   */
  readUpTo(key: number, at: number, seq: number): Message['id'] | undefined {
    const read = this.#database.all<{ id: Message['id']; at: number; seq: number; wants_marker: number }>(
      `UPDATE message SET unread = 0 WHERE conversation = ?1 AND unread = 1 AND (at, seq) <= (?2, ?3)
       RETURNING id, at, seq, wants_marker`,
      key,
      at,
      seq,
    );
    this.#database.run(
      `UPDATE conversation SET unread = unread - ?1,
         read_seq = iif(read_at IS NULL OR (read_at, read_seq) < (?2, ?3), ?3, read_seq), read_at = max(ifnull(read_at, ?2), ?2)
       WHERE key = ?4`,
      read.length,
      at,
      seq,
      key,
    );
    return read
      .filter((message) => message.wants_marker === 1)
      .toSorted((a, b) => a.at - b.at || a.seq - b.seq)
      .at(-1)?.id;
  }
}

function conversationFrom(row: ConversationRow): Conversation {
  const { seq } = row;
  return {
    id: row.conversation,
    account: row.owner,
    target: targetFrom(row.kind, row.address),
    unread: row.unread,
    ...(row.mentions === 0 ? {} : { mentions: row.mentions }),
    ...(seq === null ? {} : { last: messageFrom({ ...row, seq, account: row.owner }) }),
  };
}
