/** A password as it comes by standard input: its first line. */
import { KithError } from '../../../base/index.ts';
import type { Terminal } from '../../terminal.ts';

/** Rejects 'invalid-argument' when there is none. */
export async function readPasswordLine(terminal: Terminal): Promise<string> {
  const [line = ''] = (await terminal.readAll()).split(/\r?\n/, 1);
  if (line === '') throw new KithError('invalid-argument', 'Standard input held no password');
  return line;
}
