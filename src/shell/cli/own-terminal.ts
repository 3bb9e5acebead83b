/** The terminal of this very process. */
import { homedir } from 'node:os';
import { text } from 'node:stream/consumers';
import { KithError } from '../../base/index.ts';
import type { Terminal } from '../terminal.ts';

const ctrlC = '\u0003';
const ctrlD = '\u0004';
const escape = '\u001b';
const erase = ['\u007f', '\b'];

export function ownTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // A reader that went away (kith contacts | head) is no fault.
  stdout.on('error', () => {});
  return {
    env: process.env,
    home: homedir(),
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    say: (line) => void stdout.write(`${line}\n`),
    remark: (line) => void stderr.write(`${line}\n`),
    readAll: () => text(stdin),
    readHidden: (prompt) =>
      new Promise((resolve, reject) => {
        let typed = '';
        // First unseen, then asked: whoever types quickly is not shown either.
        stdin.setRawMode(true).setEncoding('utf8').resume();
        stderr.write(prompt);
        const end = (settle: () => void): void => {
          stdin.off('data', read).setRawMode(false).pause();
          stderr.write('\n');
          settle();
        };
        const read = (keys: string): void => {
          // Arrows and the like are no letters.
          if (keys.startsWith(escape)) return;
          for (const key of keys) {
            if (key === '\r' || key === '\n' || key === ctrlD) return end(() => resolve(typed));
            if (key === ctrlC) return end(() => reject(new KithError('cancelled', 'Given up')));
            typed = erase.includes(key) ? [...typed].slice(0, -1).join('') : typed + key;
          }
        };
        stdin.on('data', read);
      }),
  };
}
