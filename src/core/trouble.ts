/** What is wrong with the house itself, said once and not once per message. */
import { asKithError, type ErrorFact, type KithErrorCode, type Log } from '../base/index.ts';
import type { Announcer } from './announcer.ts';

export class Trouble {
  readonly #announcer: Announcer;
  readonly #log: Log;
  readonly #said = new Set<KithErrorCode>();
  #now: ErrorFact | undefined;

  /** `damage` is what was wrong before anybody could be told. */
  constructor(announcer: Announcer, log: Log, damage: string | undefined) {
    this.#announcer = announcer;
    this.#log = log;
    this.#now = damage === undefined ? undefined : { code: 'disk', message: damage };
  }

  /** The newest, for whoever comes later. */
  get now(): ErrorFact | undefined {
    return this.#now;
  }

  raise(error: unknown): void {
    const { code, message } = asKithError(error);
    this.#log.error('The house is in trouble', { code, message });
    if (this.#said.has(code)) return;
    this.#said.add(code);
    this.#now = { code, message };
    this.#announcer.say({ type: 'trouble', trouble: this.#now });
  }

  /** It went well again; the next trouble is news. */
  over(): void {
    this.#said.clear();
    this.#now = undefined;
  }
}
