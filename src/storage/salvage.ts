/** What can still be read of a damaged database, taken into a new one. */
import { DatabaseSync } from '@photostructure/sqlite';
import { asKithError, type Log } from '../base/index.ts';
import { holesOnDisk } from '../contracts/index.ts';
import type { Database, Value } from './database.ts';

/** Those a later one refers to stand before it. Pictures are fetched again; the words of a search come with their messages. */
const tables = ['account', 'memory', 'contact', 'link', 'setting', 'draft', 'conversation', 'message'] as const;
/** These can also be read from their end, past what is damaged in the middle. */
const counted: ReadonlySet<string> = new Set(['account', 'conversation', 'message']);

type Sqlite = InstanceType<typeof DatabaseSync>;
type Row = Readonly<Record<string, Value>>;

/** Never throws for what cannot be read. Accounts then remember that something is missing, and fetch it from their servers. */
export function salvage(file: string, into: Database, log: Log): void {
  let damaged: Sqlite | undefined;
  try {
    damaged = new DatabaseSync(file);
    for (const table of tables) {
      const rows = copy(damaged, table, into);
      log.info('saved from a damaged profile', { table, rows });
    }
  } catch (error) {
    log.warn('a damaged profile cannot be read', { code: asKithError(error).code });
  } finally {
    damaged?.close();
  }
  into.script(`
    UPDATE message SET corrects = NULL WHERE corrects NOT IN (SELECT seq FROM message);
    UPDATE conversation SET unread = (SELECT count(*) FROM message WHERE conversation = conversation.key AND unread = 1);
    UPDATE conversation SET (last, last_at) =
      (SELECT seq, at FROM message WHERE conversation = conversation.key AND corrects IS NULL ORDER BY at DESC, seq DESC LIMIT 1);
  `);
  into.run(`INSERT OR REPLACE INTO memory (account, name, value) SELECT key, ?, 'yes' FROM account`, holesOnDisk);
}

function copy(from: Sqlite, table: string, into: Database): number {
  const columns = columnsOf(from, into, table);
  if (columns.length === 0) return 0;
  const insert = `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  return into.together(() => {
    let kept = 0;
    for (const order of counted.has(table) ? ['', 'ORDER BY rowid DESC'] : ['']) {
      for (const row of readable(from, `SELECT ${columns.join(', ')} FROM ${table} ${order}`)) {
        try {
          kept += into.run(insert, ...columns.map((column) => row[column] ?? null)).changes;
        } catch {
          // It refers to what could not be read, or is itself beyond use.
        }
      }
    }
    return kept;
  });
}

/** Of an older profile some may be missing. */
function columnsOf(from: Sqlite, into: Database, table: string): readonly string[] {
  const theirs = new Set([...readable(from, `PRAGMA table_info(${table})`)].map((row) => row['name']));
  return into
    .all<{ name: string }>(`PRAGMA table_info(${table})`)
    .map(({ name }) => name)
    .filter((name) => theirs.has(name));
}

/** Row after row, up to the first that cannot be read. */
function* readable(from: Sqlite, sql: string): Generator<Row> {
  try {
    yield* from.prepare(sql).iterate() as Iterable<Row>;
  } catch {
    return;
  }
}
