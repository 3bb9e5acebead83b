/** Whether somebody is looking at a window, which spares networks from telling at once what nobody sees. */
import { type Clock, type Disposable, ignore, type Log } from '../base/index.ts';
import type { AccountConnection } from './account-connection.ts';

/** Milliseconds from the last look to being away from it. */
const patience = 5 * 60_000;

export interface AttentionDuties {
  readonly clock: Clock;
  readonly log: Log;
  connections(): readonly AccountConnection[];
}

/** A Kith that was never looked at stays attended: it has no window, and works for other programs. */
export class Attention {
  readonly #duties: AttentionDuties;
  #attended = true;
  #lapse: Disposable | undefined;

  constructor(duties: AttentionDuties) {
    this.#duties = duties;
  }

  looked(): void {
    this.#lapse?.[Symbol.dispose]();
    this.#lapse = this.#duties.clock.after(patience, () => this.#become(false));
    if (!this.#attended) this.#become(true);
  }

  /** A session is attended until it hears otherwise. */
  began(connection: AccountConnection): void {
    if (!this.#attended) this.#tell(connection);
  }

  [Symbol.dispose](): void {
    this.#lapse?.[Symbol.dispose]();
  }

  #become(attended: boolean): void {
    this.#attended = attended;
    for (const connection of this.#duties.connections()) if (connection.online) this.#tell(connection);
  }

  #tell(connection: AccountConnection): void {
    const told = connection.facet('attention')?.set(this.#attended);
    if (told !== undefined) ignore(told, 'Whether anybody looks was not told', this.#duties.log);
  }
}
