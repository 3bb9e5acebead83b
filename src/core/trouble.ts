/** What is wrong with the house itself, said once and not once per message. */
import { asKithError, type KithErrorCode, type Log } from '../base/index.ts';
import type { Announcer } from './announcer.ts';

export class Trouble {
  readonly #announcer: Announcer;
  readonly #log: Log;
  readonly #said = new Set<KithErrorCode>();

  constructor(announcer: Announcer, log: Log) {
    this.#announcer = announcer;
    this.#log = log;
  }

  raise(error: unknown): void {
    const { code, message } = asKithError(error);
    this.#log.error('The house is in trouble', { code, message });
    if (this.#said.has(code)) return;
    this.#said.add(code);
    this.#announcer.say({ type: 'trouble', trouble: { code, message } });
  }

  /** It went well again; the next trouble is news. */
  over(): void {
    this.#said.clear();
  }
}
