/** The passphrase of the sealed file, typed at a terminal. */
import type { Terminal } from '../terminal.ts';

/** A new one is typed twice: nobody could say later what a slip had made of it. */
export function passphraseAt(terminal: Terminal) {
  return async (why: 'needed' | 'refused', choosing = false): Promise<string> => {
    if (!choosing)
      return terminal.readHidden(
        why === 'needed' ? 'Passphrase of the sealed file: ' : 'That was not it. Passphrase: ',
      );
    terminal.remark('Passwords will be kept in a sealed file. Its passphrase is chosen now, and cannot be recovered.');
    for (;;) {
      const first = await terminal.readHidden('New passphrase: ');
      if (first === '' || first === (await terminal.readHidden('The same again: '))) return first;
      terminal.remark('These were two different ones.');
    }
  };
}
