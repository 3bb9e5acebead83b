/** Secrets on their way in: one a line of standard input, or typed unseen; never on the command line, where others could read them. */
import { KithError } from '../../../base/index.ts';
import type { Terminal } from '../../terminal.ts';

export class SecretInput {
  readonly #terminal: Terminal;
  #lines: Promise<string[]> | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** The next line of standard input. Rejects 'invalid-argument' when there is none, or an empty one. */
  async line(what: string): Promise<string> {
    this.#lines ??= this.#terminal.readAll().then((all) => all.split(/\r?\n/));
    const line = (await this.#lines).shift() ?? '';
    if (line === '') throw new KithError('invalid-argument', `Standard input held no ${what}`);
    return line;
  }

  /** Typed where a person can be asked, else the next line. */
  async given(what: string): Promise<string> {
    return this.#terminal.interactive ? await this.#terminal.readHidden(`${what}: `) : await this.line(what);
  }
}
