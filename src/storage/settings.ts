/** What a person set about the house, as text under a name. */
import type { Database } from './database.ts';

export class Settings {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(name: string): string | undefined {
    return this.#database.first<{ value: string }>('SELECT value FROM setting WHERE name = ?', name)?.value;
  }

  /** Undefined forgets. */
  save(name: string, value: string | undefined): void {
    if (value === undefined) this.#database.run('DELETE FROM setting WHERE name = ?', name);
    else this.#database.run('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)', name, value);
  }
}
