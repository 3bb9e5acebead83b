/** Completion in the three shells themselves. */
import { beforeAll, describe, expect, it } from 'vitest';
import { kith } from '../harness/kith.ts';
import { readIn, shells } from '../harness/shells.ts';

describe.each(Object.keys(shells) as (keyof typeof shells)[])('completion in %s', (shell) => {
  let script = '';
  beforeAll(async () => {
    script = (await kith(['completion', shell])).output;
  });
  const complete = async (line: string): Promise<readonly string[]> =>
    (await shells[shell](script, line)).map((word) => word.replace(/^--set=/, '').replace(/=$/, '')).toSorted();

  it('is read without complaint', async () => {
    await readIn(shell, script);
    await expect(readIn(shell, `${script}\nif (`)).rejects.toThrow('ended with');
  });

  it.each([
    ['kith con', ['contacts']],
    ['kith account ', ['add', 'list', 'register', 'remove', 'set']],
    ['kith --profile /tmp account ', ['add', 'list', 'register', 'remove', 'set']],
    ['kith status a', ['available', 'away']],
    ['kith completion ', ['bash', 'fish', 'zsh']],
    ['kith --secrets p', ['plain']],
    ['kith --profile /tmp send --js', ['--json']],
    ['kith account set amy@x --en', ['--enabled']],
    ['kith account set amy@x --enabled ', ['no', 'yes']],
    ['kith account add amy@x --protocol ', ['xmpp']],
  ])('offers after ‘%s’: %j', async (line, offered) => {
    const words = await complete(line);
    // bash and fish show flags beside the words, zsh only when a dash is typed.
    expect(line.endsWith(' ') ? words.filter((word) => !word.startsWith('-')) : words).toEqual(offered);
  });

  it('offers the settings of an account by name, as often as one is given', async () => {
    for (const verb of ['add', 'set'])
      for (const line of [`account ${verb} amy@x --set `, `account ${verb} amy@x --set host=chat.x --set `]) {
        const words = await complete(`kith ${line}`);
        expect(words.map((word) => word.replace(/=.*/, ''))).toEqual(
          expect.arrayContaining(['host', 'port', 'directTls', 'resource', 'ca', 'proxy', 'proxyPassword']),
        );
        expect(words).not.toContain('password');
      }
  });

  it('offers the one setting that was begun', async () => {
    expect(await complete('kith account add amy@x --set po')).toEqual(['port']);
    expect(await complete('kith account add amy@x --set=po')).toEqual(['port']);
  });

  it('offers files after whom one is for', async () => {
    const files = await complete('kith send-file amy@x /etc/host');
    expect(files.map((path) => path.replace('/etc/', ''))).toContain('hostname');
    expect(await complete('kith send-file amy@x --js')).toEqual(['--json']);
  });

  it('offers what a setting takes: yes or no, a file, or nothing it could know', async () => {
    const values = async (setting: string): Promise<readonly string[]> =>
      (await complete(`kith account add amy@x --set ${setting}`)).map((word) => word.replace(/^\w+=/, ''));
    expect(await values('directTls=')).toEqual(['no', 'yes']);
    expect(await values('proxy=')).toEqual(['http', 'socks5']);
    expect(await values('proxyPassword=')).toEqual(['-']);
    expect((await values('ca=/etc/host')).map((path) => path.replace('/etc/', ''))).toContain('hostname');
    expect((await values('port=')).filter((word) => word !== 'port')).toEqual([]);
  });
});
