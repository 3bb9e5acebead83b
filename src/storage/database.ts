/** One open database: statements are prepared once, transactions nest, and every error leaves as a KithError. */
import type { DatabaseSync, StatementSync } from '@photostructure/sqlite';
import { suspect } from './damage.ts';
import { isDamaged, storageTrouble } from './trouble.ts';

export type Value = string | number | null | Uint8Array;
type Sqlite = InstanceType<typeof DatabaseSync>;
type Statement = InstanceType<typeof StatementSync>;

export class Database {
  readonly #sqlite: Sqlite;
  readonly #folder: string;
  readonly #aboutToWrite: () => void;
  readonly #statements = new Map<string, Statement>();
  #depth = 0;

  /** `folder` is what error sentences name; `aboutToWrite` may refuse by throwing. */
  constructor(sqlite: Sqlite, folder: string, aboutToWrite: () => void = () => {}) {
    this.#sqlite = sqlite;
    this.#folder = folder;
    this.#aboutToWrite = aboutToWrite;
  }

  /** Several statements at once, nothing bound; for pragmas and migrations. */
  script(sql: string): void {
    this.#try(() => this.#sqlite.exec(sql));
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#try(() => this.#statement(sql).all(...values.map(storable)) as Row[]);
  }

  first<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#try(() => this.#statement(sql).get(...values.map(storable)) as Row | undefined);
  }

  /** Returns how many rows changed, and the rowid of the last insert. */
  run(sql: string, ...values: Value[]): { readonly changes: number; readonly rowid: number } {
    return this.#try(() => {
      if (this.#depth === 0) this.#aboutToWrite();
      const { changes, lastInsertRowid } = this.#statement(sql).run(...values.map(storable));
      return { changes, rowid: Number(lastInsertRowid) };
    });
  }

  /** All of `work` or nothing of it. Inside another one it is a part that can fail alone. */
  together<T>(work: () => T): T {
    const nested = this.#depth > 0;
    if (!nested) this.#aboutToWrite();
    const name = `part${this.#depth}`;
    this.script(nested ? `SAVEPOINT ${name}` : 'BEGIN IMMEDIATE');
    this.#depth += 1;
    try {
      const result = work();
      this.script(nested ? `RELEASE ${name}` : 'COMMIT');
      return result;
    } catch (error) {
      this.#undo(nested ? `ROLLBACK TO ${name}; RELEASE ${name}` : 'ROLLBACK');
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** What was removed is then not in the log any more either, which would keep it until it is overwritten some day. */
  emptyLog(): void {
    this.script('PRAGMA wal_checkpoint (TRUNCATE)');
  }

  /**
   * Leaves one file, and no lock. The binding frees a statement only when it is collected, and until then SQLite keeps
   * a closed connection alive; so the lock is given back first, which a write-ahead log does not allow.
   */
  close(): void {
    if (!this.#sqlite.isOpen) return;
    this.#statements.clear();
    try {
      this.script('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema LIMIT 1');
    } finally {
      this.#try(() => this.#sqlite.close());
    }
  }

  /** A full disk makes SQLite roll back by itself; then there is nothing left to undo. */
  #undo(sql: string): void {
    if (this.#sqlite.isTransaction) this.script(sql);
  }

  #statement(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #try<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamaged(error)) suspect(this.#folder);
      throw storageTrouble(error, this.#folder);
    }
  }
}

/** The binding reads text up to the first NUL, so one in a message would cut off the rest of it. */
function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
