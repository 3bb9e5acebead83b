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
    const { ask, said } = typing('mellon', 'melon', 'mellon', 'mellon');
    expect(await ask('needed', true)).toBe('mellon');
    expect(said[0]).toContain('chosen now');
    expect(said).toContain('These were two different ones.');
    expect(said.filter((line) => line.startsWith('The same'))).toHaveLength(2);
  });

  it('that opens what is sealed is typed once', async () => {
    const { ask, said } = typing('mellon');
    expect(await ask('needed')).toBe('mellon');
    expect(said).toEqual(['Passphrase of the sealed file: ']);
  });
});
