/** Messages one by one: written, found, their delivery moved on, removed. */
import type { HeldFiles } from '../contracts/index.ts';
import {
  advances,
  type AccountId,
  type ConversationId,
  type Delivery,
  type DeliveryState,
  type HeldFile,
  type Message,
  type MessageId,
  type SharedFile,
} from '../domain/index.ts';
import type { Conversations } from './conversations.ts';
import type { Corrections } from './corrections.ts';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, MESSAGE_TABLES, messageFrom, type MessageRow } from './message-row.ts';

/** Where a message stands among the others: by time, then by stored order. */
export interface Place {
  readonly seq: number;
  readonly conversation: number;
  readonly at: number;
}

/** What is already stored of a message that came again. */
export interface Known {
  readonly id: MessageId;
  readonly seq: number;
  readonly archive: string | null;
  readonly outgoing: number;
  /** As it came. */
  readonly body: string;
}

export class Messages {
  readonly #database: Database;
  readonly #conversations: Conversations;
  readonly #corrections: Corrections;

  constructor(database: Database, conversations: Conversations, corrections: Corrections) {
    this.#database = database;
    this.#conversations = conversations;
    this.#corrections = corrections;
  }

  find(id: MessageId): Message | undefined {
    const row = this.#row(id);
    return row === undefined ? undefined : messageFrom(row);
  }

  /** Some programs number their messages from one again at every start: the newest is meant. */
  findIncoming(conversation: ConversationId, origin: string): MessageId | undefined {
    return this.#database.first<{ id: MessageId }>(
      `SELECT id FROM message
       WHERE conversation = (SELECT key FROM conversation WHERE id = ?) AND origin = ? AND outgoing = 0
       ORDER BY at DESC, seq DESC LIMIT 1`,
      conversation,
      origin,
    )?.id;
  }

  findArchived(conversation: ConversationId, archive: string): MessageId | undefined {
    return this.#database.first<{ id: MessageId }>(
      `SELECT message.id FROM message JOIN conversation ON conversation.key = message.conversation
       WHERE conversation.id = ? AND message.account = conversation.account AND message.archive = ?`,
      conversation,
      archive,
    )?.id;
  }

  place(id: MessageId): Place | undefined {
    return this.#database.first<Place>('SELECT seq, conversation, at FROM message WHERE id = ?', id);
  }

  /** Returns its stored order. The caller sees to it that it is new. */
  insert(message: Message, account: number, conversation: number, unread: boolean): number {
    const outgoing = message.direction === 'outgoing';
    return this.#database.run(
      `INSERT INTO message (id, account, conversation, outgoing, sender, body, at, origin, archive, wants_marker,
         caught_up, unread, state, state_at, reason, words, nick, mention, file, occupant, replaces, unstyled)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.id,
      account,
      conversation,
      outgoing ? 1 : 0,
      message.from,
      message.body,
      message.at,
      message.origin ?? (outgoing ? message.id : null),
      message.archive ?? null,
      message.wantsReadMarker === true ? 1 : 0,
      message.caughtUp === true ? 1 : 0,
      unread ? 1 : 0,
      ...deliveryValues(message.delivery),
      message.nick ?? null,
      message.mention === true ? 1 : 0,
      message.file === undefined ? null : JSON.stringify(message.file),
      message.occupant ?? null,
      message.replaces ?? null,
      message.unstyled === true ? 1 : 0,
    ).rowid;
  }

  /**
   * The stored message that `message` repeats: same id, same place in the archive, or same origin id from the same sender.
   * Of our own only the origin id counts, because the sender is always us under some name.
   */
  repeated(message: Message, account: number, conversation: number): Known | undefined {
    const columns = 'SELECT id, seq, archive, outgoing, ifnull(first_body, body) AS body FROM message';
    const same =
      this.#database.first<Known>(`${columns} WHERE id = ?`, message.id) ??
      (message.archive === undefined
        ? undefined
        : this.#database.first<Known>(`${columns} WHERE account = ? AND archive = ?`, account, message.archive));
    if (same !== undefined || message.origin === undefined) return same;
    const own = message.direction === 'outgoing';
    const found = own
      ? this.#database.first<Known>(
          `${columns} WHERE conversation = ? AND origin = ? AND outgoing = 1`,
          conversation,
          message.origin,
        )
      : this.#database.first<Known>(
          `${columns} WHERE conversation = ? AND origin = ? AND sender = ? AND outgoing = 0
           ORDER BY ifnull(first_body, body) = ? DESC LIMIT 1`,
          conversation,
          message.origin,
          message.from,
          message.body,
        );
    return found !== undefined && startsAnew(found, message) ? undefined : found;
  }

  learnArchive(seq: number, archive: string): void {
    this.#database.run('UPDATE message SET archive = ? WHERE seq = ?', archive, seq);
  }

  /** Undefined when there is no such outgoing message, or when the delivery would go backwards without `force`. */
  saveDelivery(id: MessageId, delivery: Delivery, force: boolean): Message | undefined {
    const row = this.#row(id);
    if (row === undefined || row.outgoing === 0) return undefined;
    if (!force && row.state !== null && !advances(row.state, delivery.state)) return undefined;
    const [state, at, reason, words] = deliveryValues(delivery);
    this.#database.run(
      'UPDATE message SET state = ?, state_at = ?, reason = ?, words = ? WHERE seq = ?',
      state,
      at,
      reason,
      words,
      row.seq,
    );
    return { ...messageFrom(row), delivery };
  }

  /** What is known of its file, and its words where they change with it. Undefined when there is no such message. */
  saveFile(id: MessageId, file: SharedFile, body: string | undefined): Message | undefined {
    const row = this.#row(id);
    if (row === undefined) return undefined;
    const text = JSON.stringify(file);
    if (body === undefined) this.#database.run('UPDATE message SET file = ? WHERE seq = ?', text, row.seq);
    else this.#database.run('UPDATE message SET file = ?, body = ? WHERE seq = ?', text, body, row.seq);
    return { ...messageFrom({ ...row, file: text }), ...(body === undefined ? {} : { body }) };
  }

  /** The newest first. */
  heldFiles(): HeldFiles {
    const rows = this.#database.all<{ held: HeldFile; waits: number }>(
      `SELECT file ->> 'held' AS held, file ->> 'url' = '' AS waits FROM message
       WHERE file IS NOT NULL AND file ->> 'held' IS NOT NULL ORDER BY at DESC`,
    );
    const those = (waits: number): readonly HeldFile[] =>
      rows.filter((row) => row.waits === waits).map(({ held }) => held);
    return { waiting: those(1), kept: those(0) };
  }

  /** Oldest first. */
  outgoing(account: AccountId, state: DeliveryState): readonly Message[] {
    return this.#database
      .all<MessageRow>(
        `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES}
         WHERE message.account = (SELECT key FROM account WHERE id = ?) AND message.state = ?
         ORDER BY message.at, message.seq`,
        account,
        state,
      )
      .map(messageFrom);
  }

  remove(id: MessageId): void {
    this.#database.together(() => {
      const gone = this.#database.first<Place & { unread: number; corrects: number | null }>(
        'DELETE FROM message WHERE id = ? RETURNING seq, conversation, at, unread, corrects',
        id,
      );
      if (gone === undefined) return;
      this.#database.run('DELETE FROM message WHERE corrects = ?', gone.seq);
      if (gone.corrects === null) this.#conversations.lost(gone.conversation, gone.seq, gone.unread);
      else this.#corrections.settle(gone.corrects);
    });
  }

  shown(id: MessageId): Message | undefined {
    const row = this.#database.first<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES}
       WHERE message.seq = (SELECT ifnull(corrects, seq) FROM message WHERE id = ?)`,
      id,
    );
    return row === undefined ? undefined : messageFrom(row);
  }

  reword(id: MessageId, body: string): void {
    this.#database.together(() => {
      const row = this.#database.first<{ corrects: number | null }>(
        'UPDATE message SET body = ? WHERE id = ? RETURNING corrects',
        body,
        id,
      );
      if (row !== undefined && row.corrects !== null) this.#corrections.settle(row.corrects);
    });
  }

  #row(id: MessageId): MessageRow | undefined {
    return this.#database.first<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES} WHERE message.id = ?`,
      id,
    );
  }
}

/**
 * Some programs number their messages from one again at every start. When the archive holds two entries with
 * different words under one origin id, the second is a message of its own; to swallow it would lose it.
 */
function startsAnew(known: Known, message: Message): boolean {
  const bothArchived = known.archive !== null && message.archive !== undefined;
  return bothArchived && known.outgoing === 0 && known.body !== message.body;
}

function deliveryValues(delivery: Delivery | undefined): [string | null, number | null, string | null, string | null] {
  if (delivery === undefined) return [null, null, null, null];
  return [delivery.state, delivery.at, delivery.reason ?? null, delivery.text ?? null];
}
