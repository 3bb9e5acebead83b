/** A screen nobody looks at: a real X server that paints into memory. */
import { findProgram, Run } from './processes.ts';
import { bounded, until } from './waiting.ts';

const xvfb = { name: 'Xvfb', debianPackage: 'xvfb' };
const xwininfo = { name: 'xwininfo', debianPackage: 'x11-utils' };

export class Screen implements AsyncDisposable {
  /** For DISPLAY. */
  readonly name: string;
  readonly #server: Run;

  private constructor(name: string, server: Run) {
    this.name = name;
    this.#server = server;
  }

  /** Takes a number that is free. */
  static async open(): Promise<Screen> {
    let number = '';
    const server = new Run(
      findProgram(xvfb),
      ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'],
      { onLine: (line) => (number ||= line.trim()) },
    );
    await until('the screen', () => (number === '' ? undefined : number));
    return new Screen(`:${number}`, server);
  }

  /** The titles of the windows that stand on it, which others may still change. */
  async titles(): Promise<readonly string[]> {
    const look = new Run(findProgram(xwininfo), ['-root', '-tree', '-display', this.name]);
    await bounded('a look at the screen', look.ended);
    return [...look.output.matchAll(/^ +0x[0-9a-f]+ "(.*)": \(/gm)].map(([, title = '']) => title);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.end();
  }
}
