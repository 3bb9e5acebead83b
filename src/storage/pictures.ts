/** Pictures of people, by name. They can be fetched again, so the oldest go when there are too many. */
import type { Picture } from '../contracts/index.ts';
import type { Database } from './database.ts';

/** Bytes of all together. */
const room = 64 * 1024 * 1024;

export class Pictures {
  readonly #database: Database;
  readonly #room: number;

  constructor(database: Database, bound = room) {
    this.#database = database;
    this.#room = bound;
  }

  find(avatar: string): Picture | undefined {
    return this.#database.first<Picture>('SELECT type, bytes FROM picture WHERE avatar = ?', avatar);
  }

  save(avatar: string, { type, bytes }: Picture): void {
    this.#database.together(() => {
      this.#database.run('INSERT OR REPLACE INTO picture (avatar, type, bytes) VALUES (?, ?, ?)', avatar, type, bytes);
      this.#database.run(
        `DELETE FROM picture WHERE seq <= (
           SELECT max(seq) FROM (SELECT seq, sum(length(bytes)) OVER (ORDER BY seq DESC) AS upto FROM picture)
           WHERE upto > ?)`,
        this.#room,
      );
    });
  }
}
