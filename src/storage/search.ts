/** Finds messages by their words. Whatever is typed is words, never query language. */
import type { SearchAsk, SearchPage } from '../contracts/index.ts';
import type { MessageId } from '../domain/index.ts';
import type { Conversations } from './conversations.ts';
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
  readonly #conversations: Conversations;

  constructor(database: Database, conversations: Conversations) {
    this.#database = database;
    this.#conversations = conversations;
  }

  /** Messages that have every word, each perhaps only begun, and are what else was asked for; newest first. */
  find(ask: SearchAsk): SearchPage {
    const sought = ask.words.trim();
    const words = wordsOf(sought);
    const filter = this.#filter(ask);
    if (ask.limit <= 0 || filter === undefined || (sought === '' && filter === '')) return nothing;
    const readThrough = sought !== '' && (words.length === 0 || UNSPACED.test(sought));
    const begun = words.map((word) => `body : "${word}"*`);
    const matches = [...(readThrough ? [] : begun), ...(filter === '' ? [] : [filter])].join(' AND ');
    const hits = this.#hits(ask, matches, readThrough ? sought : undefined);
    return { messages: hits.slice(0, ask.limit).map(messageFrom), more: hits.length > ask.limit };
  }

  /** The index keeps words of messages that are gone until it is merged; this merges it. */
  forgetRemoved(): void {
    this.#database.script(`INSERT INTO message_words (message_words) VALUES ('optimize')`);
  }

  /** As the index has it; undefined where nothing can be so. */
  #filter({ conversation, from, has }: SearchAsk): string | undefined {
    const told: string[] = [];
    if (conversation !== undefined) {
      const key = this.#conversations.findKey(conversation);
      if (key === undefined) return undefined;
      told.push(`c${key}`);
    }
    if (from === 'me') told.push('o1');
    else if (from !== undefined) {
      if (from.length === 0) return undefined;
      told.push(`(${from.map((sender) => `s${Buffer.from(sender.toLowerCase()).toString('hex')}`).join(' OR ')})`);
    }
    if (has !== undefined) told.push({ file: 'f1', picture: 'p1', link: 'l1' }[has]);
    return told.map((one) => `about : ${one}`).join(' AND ');
  }

  /** One more than asked for, where there are more. `read` is looked for in the bodies themselves. */
  #hits(ask: SearchAsk, matches: string, read: string | undefined): MessageRow[] {
    const { since = Number.MIN_SAFE_INTEGER, until = Number.MAX_SAFE_INTEGER, behind, limit } = ask;
    const place = behind === undefined ? undefined : this.#place(behind);
    const among =
      matches === ''
        ? `SELECT seq FROM message WHERE seq > (SELECT max(seq) FROM message) - ${READ_THROUGH}`
        : `SELECT message_words.rowid FROM message_words WHERE message_words MATCH ?
           ORDER BY message_words.rowid DESC LIMIT ${read === undefined ? CONSIDERED : READ_THROUGH}`;
    return this.#database.all<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM ${MESSAGE_TABLES}
       WHERE message.seq IN (${among}) AND message.corrects IS NULL AND message.at >= ? AND message.at < ?
         ${read === undefined ? '' : 'AND instr(message.body, ?) > 0'}
         ${place === undefined ? '' : 'AND (message.at, message.seq) < (?, ?)'}
       ORDER BY message.at DESC, message.seq DESC LIMIT ?`,
      ...(matches === '' ? [] : [matches]),
      since,
      until,
      ...(read === undefined ? [] : [read]),
      ...(place === undefined ? [] : [place.at, place.seq]),
      limit + 1,
    );
  }

  #place(id: MessageId): { readonly at: number; readonly seq: number } | undefined {
    return this.#database.first('SELECT at, seq FROM message WHERE id = ?', id);
  }
}

const nothing: SearchPage = { messages: [], more: false };

/** Letters, marks and digits, as the index cuts them; everything else only separates. */
function wordsOf(text: string): readonly string[] {
  return [...text.slice(0, 1_000).matchAll(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)].slice(0, MOST_WORDS).map(([word]) => word);
}
