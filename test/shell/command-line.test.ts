/** The command line on a profile, with and without a Kith that runs. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificates } from '../harness/certificates.ts';
import { kith, startKith, type KithRun, type Said } from '../harness/kith.ts';
import { Run } from '../harness/processes.ts';
import { bounded } from '../harness/waiting.ts';

const command = fileURLToPath(new URL('../../bin/kith', import.meta.url));
const secret = 'correct-horse-battery';
let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'kith-line-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));

const say = (...words: string[]): Promise<Said> => kith([...words, '--profile', profile]);
const addAmy = (...flags: string[]): Promise<Said> =>
  kith(['account', 'add', 'amy@kith.test', '--password-stdin', '--profile', profile, ...flags], {
    input: `${secret}\n`,
  });

describe('without a Kith that runs', () => {
  it('an account is added, shown, changed and removed in the profile', async () => {
    expect(await addAmy('--secrets', 'plain', '--set', 'host=127.0.0.1', '--set', 'port=1')).toMatchObject({ code: 0 });
    const shown = await say('account', 'list', '--json');
    expect(JSON.parse(shown.output)).toMatchObject([
      { address: 'amy@kith.test', protocol: 'xmpp', state: 'not running' },
    ]);
    expect(await say('account', 'set', 'amy@kith.test', '--enabled', 'no')).toMatchObject({ code: 0 });
    expect(await say('account', 'set', 'amy@kith.test', '--set', 'port=')).toMatchObject({ code: 0 });
    expect((await say('account', 'list')).output).toContain('disabled');
    expect(readFileSync(join(profile, 'secrets.plain'), 'utf8')).toContain(secret);
    expect(await say('account', 'remove', 'amy@kith.test')).toMatchObject({ code: 0 });
    expect(JSON.parse((await say('account', 'list', '--json')).output)).toEqual([]);
    expect(readdirSync(profile)).not.toContain('secrets.plain');
  });

  it('a setting that cannot be right is refused, and a file of authorities is read', async () => {
    const { caFile } = await makeCertificates(join(profile, 'certificates'), ['kith.test']);
    const refused = async (setting: string): Promise<string> => {
      const { code, errors } = await addAmy('--set', setting);
      expect(code).toBe(2);
      return errors;
    };
    expect(await refused('port=70000')).toContain('port must be a whole number from 1 to 65535');
    expect(await refused('priority=-200')).toContain('priority must be a whole number from -128 to 127');
    expect(await refused('priority=low')).toContain('priority needs a whole number');
    expect(await refused('host=a b')).toContain('host must be');
    expect(await refused('ca=/nowhere/ca.pem')).toContain('‘/nowhere/ca.pem’ cannot be read');
    expect(await refused(`ca=${command}`)).toContain('ca must be certificates as PEM text');
    expect(await addAmy('--set', `ca=${caFile}`, '--set', 'priority=-1')).toMatchObject({ code: 0 });
  });

  it('a secret setting comes in by standard input, and is kept where the passwords are', async () => {
    const refused = await addAmy('--set', 'proxyPassword=open-sesame');
    expect(refused).toMatchObject({ code: 2, errors: expect.stringContaining('--set proxyPassword=- asks for it') });
    const proxy = ['proxy=socks5', 'proxyHost=127.0.0.1', 'proxyUser=amy', 'proxyPassword=-'];
    const flags = ['--password-stdin', '--secrets', 'plain', ...proxy.flatMap((setting) => ['--set', setting])];
    const added = await kith(['account', 'add', 'amy@kith.test', '--profile', profile, ...flags], {
      input: `${secret}\nopen-sesame\n`,
    });
    expect(added).toMatchObject({ code: 0 });
    const kept = Object.values(JSON.parse(readFileSync(join(profile, 'secrets.plain'), 'utf8')) as object);
    expect(kept).toEqual([secret, 'open-sesame']);
    const files = readdirSync(profile, { withFileTypes: true }).filter((entry) => entry.isFile());
    const holding = files.filter(({ name }) => readFileSync(join(profile, name)).includes('open-sesame'));
    expect(holding.map(({ name }) => name)).toEqual(['secrets.plain']);
    await say('account', 'set', 'amy@kith.test', '--secrets', 'plain', '--set', 'proxyPassword=');
    expect(readFileSync(join(profile, 'secrets.plain'), 'utf8')).not.toContain('open-sesame');
  });

  it('the help of a verb that takes settings names them', async () => {
    for (const verb of ['add', 'set']) {
      const { output } = await kith(['account', verb, '--help']);
      for (const name of ['host=', 'port=', 'directTls=', 'resource=', 'ca=FILE']) expect(output).toContain(name);
    }
  });

  it('an account is added under the address that is kept', async () => {
    const { output } = await kith(['account', 'add', 'Amy@Kith.test/desk', '--profile', profile]);
    expect(output).toContain('amy@kith.test is added');
  });

  it('a flag of another verb is said to be that', async () => {
    expect((await say('account', 'list', '--secrets', 'bogus')).errors).toContain('--secrets is not for this verb');
  });

  it('the help has the exit codes in order', async () => {
    const { output } = await kith(['--help']);
    const codes = [...output.slice(output.indexOf('Exit codes')).matchAll(/^ +(\d+)  /gm)].map(([, code]) =>
      Number(code),
    );
    expect(codes.length).toBeGreaterThan(20);
    expect(codes).toEqual(codes.toSorted((a, b) => a - b));
  });

  it('says so when the password cannot be kept', async () => {
    const { errors } = await addAmy();
    expect(errors).toContain('not kept');
  });

  it('a status needs an account, and is refused where it is too long', async () => {
    expect(await say('status', 'away')).toMatchObject({ code: 3, errors: expect.stringContaining('kith account add') });
    await addAmy();
    const said = await say('status', 'away', 'x'.repeat(5000));
    expect(said).toMatchObject({ code: 2, errors: expect.stringContaining('too long: 4096 characters are the most') });
  });

  it('a status is stored for the next start', async () => {
    await addAmy();
    expect((await say('status', 'away', 'gone', 'fishing')).output).toContain('when Kith starts');
    const { output } = await say('status', '--json');
    expect(JSON.parse(output)).toEqual({
      running: false,
      accounts: [
        { account: 'amy@kith.test', connection: 'not running', availability: 'away', message: 'gone fishing' },
      ],
    });
  });

  it('a link is understood, and a broken one is an error', async () => {
    await addAmy();
    expect(await say('open', 'xmpp:bob@kith.test', '--json')).toMatchObject({ code: 0 });
    expect((await say('open', 'xmpp:')).code).toBe(2);
  });

  it('a message that is too long is refused before anything is kept', async () => {
    await addAmy();
    const sent = await kith(['send', 'bob@kith.test', '-', '--profile', profile], { input: 'x'.repeat(1024 * 1024) });
    expect(sent).toMatchObject({ code: 2 });
    expect(sent.errors).toContain('This message is too long: 1024 kB of at most 64 kB');
  });

  it('a message that cannot go out says why, and waits', async () => {
    await addAmy();
    await say('status', 'offline');
    const sent = await say('send', 'bob@kith.test', 'see', 'you', 'at', 'six');
    expect(sent.code).toBe(9);
    expect(sent.errors).toContain('stays queued');
    const { output } = await say('history', 'bob@kith.test', '--json');
    expect(JSON.parse(output)).toMatchObject([{ body: 'see you at six', delivery: { state: 'queued' } }]);
  });

  it.each([
    [['quit'], 3],
    [['account', 'set', 'nobody@kith.test'], 3],
    [['history', 'nobody@kith.test', '--limit', '0'], 2],
    [['account', 'add', 'not an address'], 2],
    [['send', 'amy@kith.test', '  '], 2],
    [['status', 'dancing'], 2],
    [['completion', 'tcsh'], 2],
  ])('%j ends with %i and one line', async (words, code) => {
    const said = await kith([...words, ...(words[0] === 'completion' ? [] : ['--profile', profile])]);
    expect(said.code).toBe(code);
    expect(said.errors.trim().split('\n')).toHaveLength(1);
    expect(said.output).toBe('');
  });
});

describe('at a terminal', () => {
  /** bsdutils, on every Debian: gives a program a terminal. */
  const script = '/usr/bin/script';
  const typing = (keys: string): Run => {
    const line = [
      process.execPath,
      command,
      'account',
      'add',
      'amy@kith.test',
      '--secrets',
      'plain',
      '--profile',
      profile,
    ];
    const run = new Run(script, ['-qfec', line.join(' '), '/dev/null'], { keepInput: true });
    const asked = (): void => {
      if (!run.output.includes('Password of')) return;
      run.child.stdout?.off('data', asked);
      run.child.stdin?.write(keys);
    };
    run.child.stdout?.on('data', asked);
    return run;
  };

  it('a password is typed unseen, and mistakes can be taken back', async () => {
    const run = typing('correct🌿x\u007f\u007f-horse\r');
    try {
      expect((await bounded('its end', run.ended)).code).toBe(0);
    } finally {
      await run.end('SIGKILL');
    }
    expect(run.output).not.toContain('horse');
    expect(readFileSync(join(profile, 'secrets.plain'), 'utf8')).toContain('"correct-horse"');
  });

  it('Ctrl-C gives up, and nothing is added', async () => {
    const run = typing('corr\u0003');
    try {
      expect((await bounded('its end', run.ended)).code).toBe(7);
    } finally {
      await run.end('SIGKILL');
    }
    expect(JSON.parse((await say('account', 'list', '--json')).output)).toEqual([]);
  });
});

describe('words nobody knows', () => {
  it.each([
    [['contcats'], 'did you mean contacts?'],
    [['account', 'lst'], 'did you mean account list?'],
    [['account'], 'account add, account register, account list'],
    [['--headles'], 'did you mean --headless?'],
    [['contacts', '--jsn'], 'did you mean --json?'],
    [['--secrets', 'pain'], 'did you mean plain?'],
    [['send', 'amy@kith.test'], 'needs TEXT'],
    [['quit', 'now'], 'does not know what to do with ‘now’'],
    [['account', 'add', 'amy@kith.test', '--password', 'x'], 'did you mean --password-stdin?'],
  ])('%j are refused with a suggestion', async (words, hint) => {
    const said = await kith(words);
    expect(said.code).toBe(2);
    expect(said.errors).toContain(hint);
  });
});

describe('with a Kith that runs', () => {
  let running: KithRun;
  beforeAll(async () => {
    running = await startKith({ secrets: 'memory' });
    await running.say('account', 'add', 'you@testbed', '--protocol', 'testbed', '--set', 'town=yes');
    await running.connection('online', (event) => event.type === 'roster-received');
  });
  afterAll(() => running.stop());

  it.each([
    ['https://kith.test', 6, 'No protocol here knows links of this kind'],
    ['xmpp:', 2, 'address'],
  ])('the link %j opens no window, and it is said why', async (link, code, words) => {
    const said = await running.say('open', link);
    expect(said).toMatchObject({ code, output: '' });
    expect(said.errors).toContain(words);
  });

  it('a status that is too long is refused with how long it may be', async () => {
    const said = await running.say('status', 'away', 'x'.repeat(5000));
    expect(said).toMatchObject({ code: 2, errors: 'kith: The message is too long: 4096 characters are the most\n' });
  });

  it('contacts are shown with their presence, for people and for programs', async () => {
    const { output } = await running.say('contacts', '--json');
    const contacts = JSON.parse(output) as { address: string; name: string; availability: string }[];
    expect(contacts.length).toBeGreaterThan(10);
    expect(contacts.find(({ name }) => name === 'Romeo Montague')).toMatchObject({ account: 'you@testbed' });
    expect((await running.say('contacts')).output).toContain('Romeo Montague');
    const online = JSON.parse((await running.say('contacts', '--online', '--json')).output) as typeof contacts;
    expect(online.length).toBeLessThan(contacts.length);
  });

  it('a status is set at once', async () => {
    expect((await running.say('status', 'busy', 'counting')).output).toContain('You are busy');
    const { output } = await running.say('status', '--json');
    expect(JSON.parse(output)).toMatchObject({
      running: true,
      accounts: [{ availability: 'busy', message: 'counting' }],
    });
  });

  it('a message goes out, from words or from standard input, and stands in the history', async () => {
    expect(await running.say('send', 'romeo@montague.testbed', 'Here', 'I', 'am')).toMatchObject({ code: 0 });
    const piped = await kith(['send', 'romeo@montague.testbed', '-', '--json', '--profile', running.profile], {
      input: 'Two\nlines\n',
    });
    expect(JSON.parse(piped.output)).toMatchObject({ state: expect.stringMatching(/sent|delivered|read/) });
    const { output } = await running.say('history', 'romeo@montague.testbed', '--json');
    const bodies = (JSON.parse(output) as { body: string }[]).map(({ body }) => body);
    expect(bodies).toEqual(expect.arrayContaining(['Here I am', 'Two\nlines']));
  });

  it('what was said last is put otherwise, and the history says that it was', async () => {
    expect(await running.say('send', 'nurse@capulet.testbed', 'Coming soon')).toMatchObject({ code: 0 });
    const corrected = await running.say('correct', 'nurse@capulet.testbed', 'Coming', 'at once', '--json');
    expect(JSON.parse(corrected.output)).toMatchObject({ state: expect.stringMatching(/sent|delivered|read/) });
    const { output } = await running.say('history', 'nurse@capulet.testbed', '--limit', '500');
    expect(output).toMatch(/me \[\w+, edited\]: Coming at once\n/);
    expect(output).not.toContain('Coming soon');
    expect(await running.say('correct', 'tybalt@capulet.testbed', 'x')).not.toMatchObject({ code: 0 });
  });

  it('an account is shown as it is', async () => {
    const { output } = await running.say('account', 'list', '--json');
    expect(JSON.parse(output)).toMatchObject([{ address: 'you@testbed', state: 'online' }]);
  });
});

describe('help', () => {
  it('stands for the whole and for each verb', async () => {
    const whole = await kith(['--help']);
    expect(whole).toMatchObject({ code: 0, errors: '' });
    expect(whole.output).toContain('Exit codes');
    for (const verb of [['account', 'add'], ['send'], ['status']]) {
      const { code, output } = await kith([...verb, '--help']);
      expect(code).toBe(0);
      expect(output).toContain(`kith ${verb.join(' ')}`);
      expect(output).toContain('--json');
    }
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect((await kith(['--version'])).output).toBe(`kith ${version}\n`);
  });
});

describe('bin/kith', () => {
  it('where nothing is built says what to do', async () => {
    const bin = join(profile, 'bin');
    mkdirSync(bin);
    copyFileSync(command, join(bin, 'kith'));
    const run = new Run(process.execPath, [join(bin, 'kith'), '--headless']);
    expect((await bounded('its end', run.ended)).code).toBe(69);
    expect(run.errors).toContain('npm start once');
  });
});
