import { describe, expect, it } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { passphraseAt } from './passphrase.ts';

function typing(...lines: string[]) {
  const said: string[] = [];
  const terminal: Terminal = {
    env: {},
    home: '',
    interactive: true,
    say() {},
    remark: (line) => void said.push(line),
    readAll: async () => '',
    readHidden: async (prompt) => {
      said.push(prompt);
      return lines.shift() ?? '';
    },
  };
  return { said, ask: passphraseAt(terminal) };
}

describe('a passphrase', () => {
  it('that is chosen is typed twice, until both are the same', async () => {
    const { ask, said } = typing('mellon mellon', 'mellon melon', 'mellon mellon', 'mellon mellon');
    expect(await ask('new')).toBe('mellon mellon');
    expect(said[0]).toContain('chosen now');
    expect(said).toContain('These were two different ones.');
    expect(said.filter((line) => line.startsWith('The same'))).toHaveLength(2);
  });

  it('that is chosen has eight characters, as in the window, or nothing is chosen', async () => {
    const { ask, said } = typing('mellon', '');
    expect(await ask('new')).toBe('');
    expect(said).toContain('It needs at least 8 characters.');
    expect(said.filter((line) => line.startsWith('The same'))).toEqual([]);
  });

  it.each([
    ['needed', 'Passphrase of the sealed file: '],
    ['refused', 'That was not it. Passphrase: '],
  ] as const)('that opens what is sealed is typed once: %s', async (why, prompt) => {
    const { ask, said } = typing('mellon');
    expect(await ask(why)).toBe('mellon');
    expect(said).toEqual([prompt]);
  });
});
