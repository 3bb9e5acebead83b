/** How far the archive is known here: the id and instant of the last message that is on disk. */
import type { Instant } from '../../../src/base/index.ts';
import type { Session } from '../session.ts';

export interface Position {
  /** Empty: whatever was said since then. */
  readonly id: string;
  readonly at: Instant;
}

export class ArchivePosition {
  readonly #session: Session;
  readonly #key: string;
  #waiting: Position | undefined;
  #next: Position | undefined;

  /** Under this key of the account's memory; an archive that is not our own account's has one of its own. */
  constructor(session: Session, key = 'archive') {
    this.#session = session;
    this.#key = key;
  }

  read(): Position | undefined {
    const [at = '', ...id] = (this.#session.memory.get(this.#key) ?? '').split(' ');
    return id.length === 0 ? undefined : { id: id.join(' '), at: Number(at) };
  }

  /** For one that lies before everything that is on disk: at once. */
  begin(at: Instant): void {
    this.#session.memory.set(this.#key, `${at} `);
  }

  /** Takes effect when everything said so far is on disk, so that nothing before it can be missed. One write for many moves. */
  move(to: Position): void {
    if (this.#waiting !== undefined) {
      this.#next = to;
      return;
    }
    this.#waiting = to;
    this.#session.facts.whenStored(() => {
      this.#session.memory.set(this.#key, `${to.at} ${to.id}`);
      const next = this.#next;
      this.#waiting = undefined;
      this.#next = undefined;
      if (next !== undefined) this.move(next);
    });
  }
}
