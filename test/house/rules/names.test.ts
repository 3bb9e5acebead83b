import { describe, expect, it } from 'vitest';
import { fileNames, names } from './names.ts';
import { linesHit, saidOf } from './planted.ts';

describe('the words of the house', () => {
  it.each([
    'const userName = 1;',
    'const { a: jid } = x;',
    'const [handle] = x;',
    'function send(client: string) {}',
    'const f = (stanza = 1) => stanza;',
    'class AccountManager {}',
    'interface A { readonly objectPath: string }',
    'interface A { openChannel(): void }',
    'interface A { open(channels: number): void }',
    'type Util = string;',
    'class A { #helper = 1 }',
    'class A { static fromJid() {} }',
    'type F = (...handles: number[]) => void;',
  ])('refuses: %s', (text) => {
    expect(linesHit(names, 'src/core/a.ts', text)).toEqual([1]);
  });
  it.each([
    'const handled = 1; const handler = 2;',
    'const { clientX, user } = event;',
    'element.clientHeight + navigator.userAgent.length;',
    'const style = { userSelect: 1 };',
    "const text = 'no such user'; // the client's handle",
    "import { channel } from 'node:diagnostics_channel';",
    'const path = 1; const object = 2;',
  ])('lets stand: %s', (text) => {
    expect(saidOf(names, 'src/core/a.ts', text)).toBe('');
  });
  it("lets a dialect's room speak its dialect", () => {
    expect(linesHit(names, 'protocols/xmpp/address.ts', 'const jid = 1;')).toEqual([]);
  });
  it('reads the names of files too', () => {
    expect(saidOf(fileNames, 'src/core/account-manager.ts', '')).toContain('manager');
    expect(saidOf(fileNames, 'renderer/Roster.tsx', '')).toContain('kebab-case');
    expect(saidOf(fileNames, 'src/core/people.test.ts', '')).toBe('');
  });
});
