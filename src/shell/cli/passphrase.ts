/** The passphrase of the sealed file, typed at a terminal. */
import { type Asked, shortestPassphrase } from '../../domain/index.ts';
import type { Terminal } from '../terminal.ts';

/** A new one is typed twice: nobody could say later what a slip had made of it. An empty one gives up. */
export function passphraseAt(terminal: Terminal) {
  return async (why: Asked['passphrase']['question']['why']): Promise<string> => {
    if (why === 'needed') return terminal.readHidden('Passphrase of the sealed file: ');
    if (why === 'refused') return terminal.readHidden('That was not it. Passphrase: ');
    terminal.remark('Passwords will be kept in a sealed file. Its passphrase is chosen now, and cannot be recovered.');
    for (;;) {
      const first = await terminal.readHidden('New passphrase: ');
      if (first === '') return first;
      if (first.length < shortestPassphrase) terminal.remark(`It needs at least ${shortestPassphrase} characters.`);
      else if (first === (await terminal.readHidden('The same again: '))) return first;
      else terminal.remark('These were two different ones.');
    }
  };
}
