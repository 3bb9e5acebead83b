/** The terminal a program was started in, handed in so that tests can be one. */
import type { Environment } from './profile.ts';

export interface Terminal {
  readonly env: Environment;
  readonly home: string;
  /** True when a person may be asked here. */
  readonly interactive: boolean;
  /** One line of result. */
  say(line: string): void;
  /** One line about what went wrong or is under way; never a result. */
  remark(line: string): void;
  /** All of standard input, as text. */
  readAll(): Promise<string>;
  /** One line that is not shown while it is typed. Rejects 'cancelled' on Ctrl-C. */
  readHidden(prompt: string): Promise<string>;
}
