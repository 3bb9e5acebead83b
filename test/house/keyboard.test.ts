/** The page of keys in docs/: what the window's own page (F1) says, for whoever reads before they start. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keyboardPage } from '../../renderer/words-keys.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

describe('docs/keyboard.md', () => {
  it('says what the window says, key by key', () => {
    const lines = read('docs/keyboard.md')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replaceAll(/\s*\|\s*/gu, '|'));
    const said = keyboardPage.groups.flatMap(({ title, keys }) => [
      `## ${title}`,
      ...keys.map(([key, does]) => `|${key === 'Letter' ? 'a letter' : key}|${does}|`),
    ]);
    expect(lines.filter((line) => line.startsWith('## ') || /^\|(?!Keys\||-)/u.test(line))).toEqual(said);
  });
});
