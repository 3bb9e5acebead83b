/** Finds messages by their words. Whatever is typed is words, never query language. */
import type { Message } from '../domain/index.ts';
import type { Database } from './database.ts';
import { MESSAGE_COLUMNS, MESSAGE_TABLES, messageFrom, type MessageRow } from './message-row.ts';

/** A common word is in hundreds of thousands of messages; only this many of the last stored are put in order of time. */
const CONSIDERED = 5_000;
/** How many of the last stored messages are read through when the index of words cannot help. */
const READ_THROUGH = 100_000;
const MOST_WORDS = 16;

/** Scripts written without spaces: the index takes a whole run of them as one word, so a part would not be found. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export class Search {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Messages that have every word, each perhaps only begun; newest first. */
  find(typed: string, limit: number): readonly Message[] {
    if (limit <= 0) return [];
    const sought = typed.trim();
    const words = wordsOf(sought);
    if (sought === '') return [];
    const rows = words.length === 0 || UNSPACED.test(sought) ? this.#read(sought, limit) : this.#lookUp(words, limit);
    return rows.map(messageFrom);
  }

  /** The index keeps words of messages that are gone until it is merged; this merges it. */
  forgetRemoved(): void {
    this.#database.script(`INSERT INTO message_words (message_words) VALUES ('optimize')`);
  }

  #lookUp(words: readonly string[], limit: number): MessageRow[] {
    return this.#database.all<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES}
       WHERE message.seq IN (
         SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT ${CONSIDERED}
       ) AND message.corrects IS NULL ORDER BY message.at DESC, message.seq DESC LIMIT ?`,
      words.map((word) => `"${word}"*`).join(' '),
      limit,
    );
  }

  #read(sought: string, limit: number): MessageRow[] {
    return this.#database.all<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES}
       WHERE message.seq > (SELECT max(seq) FROM message) - ${READ_THROUGH} AND instr(message.body, ?) > 0 AND message.corrects IS NULL
       ORDER BY message.at DESC, message.seq DESC LIMIT ?`,
      sought,
      limit,
    );
  }
}

/** Letters, marks and digits, as the index cuts them; everything else only separates. */
function wordsOf(text: string): readonly string[] {
  return [...text.slice(0, 1_000).matchAll(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)].slice(0, MOST_WORDS).map(([word]) => word);
}
