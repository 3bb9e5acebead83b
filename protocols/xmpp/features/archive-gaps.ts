/** What of the archive is known to be missing here between what is: kept over restarts, until it has been fetched. */
import type { Session } from '../session.ts';
import type { Position } from './archive-position.ts';

const key = 'archive-gaps';

/** Both ends are here; what lies between them is not. */
export interface Gap {
  readonly after: Position;
  readonly before: Position;
  /** False when what lies there was here once, and nobody waits for an answer to it. */
  readonly missed: boolean;
}

export class ArchiveGaps {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The one to be filled next: people look at what is newest. */
  newest(): Gap | undefined {
    return this.#read().at(-1);
  }

  /** Newer than all that are known. */
  open(gap: Gap): void {
    this.#write([...this.#read(), gap]);
  }

  /** This one is smaller now, or gone. Another that was opened meanwhile is left alone. */
  shrink(gap: Gap, to: Gap | undefined): void {
    this.#write(this.#read().flatMap((one) => (same(one, gap) ? (to ?? []) : one)));
  }

  #read(): readonly Gap[] {
    try {
      return (JSON.parse(this.#session.memory.get(key) ?? '[]') as readonly Gap[]).filter(isGap);
    } catch {
      return [];
    }
  }

  #write(gaps: readonly Gap[]): void {
    this.#session.memory.set(key, gaps.length === 0 ? undefined : JSON.stringify(gaps));
  }
}

const same = (one: Gap, other: Gap): boolean => one.after.id === other.after.id && one.before.id === other.before.id;

const isGap = (gap: Gap): boolean => isPosition(gap?.after) && isPosition(gap.before);

const isPosition = (position: Position): boolean =>
  typeof position?.id === 'string' && typeof position.at === 'number' && position.id !== '';
