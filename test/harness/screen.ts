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

  /** The windows of that class that stand on it, as their ids, the uppermost first. */
  async windows(ofClass: string): Promise<readonly string[]> {
    const look = new Run(findProgram(xwininfo), ['-root', '-tree', '-display', this.name]);
    await bounded('a look at the screen', look.ended);
    const lines = [...look.output.matchAll(/^ +(0x[0-9a-f]+) .*: \("(.*)" "(.*)"\) +(\d+)x/gm)];
    // A program also has windows of a few pixels, which only other programs see.
    return lines.filter(([, , , group, width]) => group === ofClass && Number(width) > 100).map(([, id = '']) => id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.end();
  }
}
