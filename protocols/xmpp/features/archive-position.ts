/** How far the archive is known here: the id and instant of the last message that is on disk. */
import type { Instant } from '../../../src/base/index.ts';
import type { Session } from '../session.ts';

const key = 'archive';

export interface Position {
  /** Empty: whatever was said since then. */
  readonly id: string;
  readonly at: Instant;
}

export class ArchivePosition {
  readonly #session: Session;
  #waiting: Position | undefined;
  #next: Position | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  read(): Position | undefined {
    const [at = '', ...id] = (this.#session.memory.get(key) ?? '').split(' ');
    return id.length === 0 ? undefined : { id: id.join(' '), at: Number(at) };
  }

  /** For one that lies before everything that is on disk: at once. */
  begin(at: Instant): void {
    this.#session.memory.set(key, `${at} `);
  }

  /** Takes effect when everything said so far is on disk, so that nothing before it can be missed. One write for many moves. */
  move(to: Position): void {
    if (this.#waiting !== undefined) {
      this.#next = to;
      return;
    }
    this.#waiting = to;
    this.#session.facts.whenStored(() => {
      this.#session.memory.set(key, `${to.at} ${to.id}`);
      const next = this.#next;
      this.#waiting = undefined;
      this.#next = undefined;
      if (next !== undefined) this.move(next);
    });
  }
}
