/** The catalogs of what the window says: whole, and each translation fit to be shown. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileMessageOrThrow, type CompiledMessage } from '@lingui/message-utils/compileMessage';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the catalogs', () => {
  let catalogs: ReadonlyMap<string, string>;
  let shownWords: (text: string) => ReadonlyMap<string, string>;
  const translations = () => [...catalogs].filter(([path]) => path.endsWith('.po'));

  beforeAll(async () => {
    // Not part of what the compiler looks at: the script runs on plain Node.
    const script = (await import(`${root}scripts/lib/catalogs.mjs`)) as {
      catalogs(): ReadonlyMap<string, string>;
      shownWords(text: string): ReadonlyMap<string, string>;
    };
    catalogs = script.catalogs();
    shownWords = script.shownWords;
  });

  it('are what `npm run words` makes of what the window says', () => {
    for (const [path, text] of catalogs) expect(readFileSync(`${root}${path}`, 'utf8'), path).toBe(text);
  });

  it('leave nothing untranslated', () => {
    for (const [path, text] of translations()) {
      const words = shownWords(text);
      expect(words.size, path).toBeGreaterThan(100);
      expect(
        [...words].filter(([, shown]) => shown.trim() === ''),
        path,
      ).toEqual([]);
    }
  });

  it('are about the same things as the English they translate', () => {
    for (const [path, text] of translations())
      for (const [english, shown] of shownWords(text)) expect(placeholders(shown), path).toEqual(placeholders(english));
  });
});

/** Names of what is put into a message, also within its plural forms, each once. */
function placeholders(message: string): readonly string[] {
  const names = new Set<string>();
  const gather = (tokens: CompiledMessage): void => {
    for (const token of tokens) {
      if (typeof token === 'string') continue;
      const [name, , choices] = token;
      names.add(name);
      if (typeof choices === 'object' && choices !== null)
        for (const choice of Object.values(choices)) if (Array.isArray(choice)) gather(choice as CompiledMessage);
    }
  };
  gather(compileMessageOrThrow(message));
  return [...names].toSorted();
}
