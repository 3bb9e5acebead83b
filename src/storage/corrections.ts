/** Corrections and what they correct: tied together whichever comes first, so that a message is shown as it was last put. */
import type { Message, MessageId } from '../domain/index.ts';
import type { Database } from './database.ts';

/** A correction that has stood as a message of its own until now. */
export interface Absorbed {
  readonly id: MessageId;
  readonly seq: number;
  readonly unread: number;
}

/** Ours are ours. Others: one occupant of a room; where neither has an id, one address. A bare address, except in a room. */
const SAME_SENDER = 'outgoing = ? AND (outgoing = 1 OR (occupant IS ? AND (occupant IS NOT NULL OR sender = ?)))';

const sender = ({ direction, occupant, from }: Message): [number, string | null, string] => [
  direction === 'outgoing' ? 1 : 0,
  occupant ?? null,
  from,
];

export class Corrections {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * What this one is to be shown in. Some programs name the last correction instead of the original, and some number their messages from
   * one again at every start. While the original is not here, its first correction stands for it.
   */
  originalOf(correction: Message, conversation: number): number | undefined {
    const { replaces, at } = correction;
    if (replaces === undefined) return undefined;
    return this.#database.first<{ seq: number }>(
      `SELECT ifnull(corrects, seq) AS seq FROM message
       WHERE conversation = ? AND (origin = ? OR (replaces = ? AND corrects IS NULL)) AND ${SAME_SENDER}
       ORDER BY origin IS ? DESC, at <= ? DESC, at DESC, message.seq DESC LIMIT 1`,
      conversation,
      replaces,
      replaces,
      ...sender(correction),
      replaces,
      at,
    )?.seq;
  }

  /** Corrections of this one that came before it. */
  waitingFor(original: Message, conversation: number): readonly Absorbed[] {
    const { origin } = original;
    if (origin === undefined) return [];
    return this.#database.all<Absorbed>(
      `SELECT id, seq, unread FROM message
       WHERE conversation = ? AND replaces = ? AND corrects IS NULL AND ${SAME_SENDER} ORDER BY at, seq`,
      conversation,
      origin,
      ...sender(original),
    );
  }

  /** From now on `correction`, with what stood in it, is shown in `original`. */
  tie(correction: number, original: number): void {
    this.#database.run('UPDATE message SET corrects = ?1 WHERE corrects = ?2', original, correction);
    this.#database.run(
      `UPDATE message SET corrects = ?1, unread = 0, body = ifnull(first_body, body), first_body = NULL, newest = NULL
       WHERE seq = ?2`,
      original,
      correction,
    );
    this.settle(original);
  }

  /** Puts a message as the last of its corrections does, or as it was first. */
  settle(original: number): void {
    this.#database.run(
      `UPDATE message SET first_body = ifnull(first_body, body),
         newest = (SELECT seq FROM message AS edit WHERE edit.corrects = ?1 ORDER BY at DESC, seq DESC LIMIT 1)
       WHERE seq = ?1`,
      original,
    );
    this.#database.run(
      `UPDATE message SET body = ifnull((SELECT body FROM message AS edit WHERE edit.seq = message.newest), first_body),
         first_body = iif(newest IS NULL, NULL, first_body)
       WHERE seq = ?1`,
      original,
    );
  }
}
