/** A known password goes the ways a password goes. Then everything Kith wrote, said or showed is searched for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountId, ProtocolId } from '../../src/domain/index.ts';
import { kith, newProfile, startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';
import { startSlixmpp, type Slixmpp } from '../harness/slixmpp.ts';
import { until } from '../harness/waiting.ts';
import { startChromium, type Windows } from '../harness/window.ts';

const password = 'Xyzzy plugh "42" öffne';
const mistyped = 'Xyzzy plugh "24" öffne';
const passphrase = 'mellon speaks the friend';
const body = 'a body that belongs in the history and nowhere else';

/** A text as it would lie about: plain, as JSON, in a link, in hexadecimal, in base64 at each of its three beginnings. */
function disguises(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    // The characters at both ends mix with what stands beside it.
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });
  const hex = bytes.toString('hex');
  const forms = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), hex, hex.toUpperCase(), ...base64];
  return [...forms.map((form) => Buffer.from(form)), Buffer.from(text, 'utf16le')];
}

/** Names of all files under `folder` that hold `text` in some disguise. */
function filesWith(folder: string, text: string): readonly string[] {
  const found = disguises(text);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const content = readFileSync(path);
      return found.some((form) => content.includes(form));
    })
    .map((path) => path.slice(folder.length + 1));
}

function holds(said: readonly string[], text: string): boolean {
  const all = Buffer.from(said.join('\n'));
  return disguises(text).some((form) => all.includes(form));
}

describe('a password', () => {
  let server: Prosody;
  let chromium: Windows;
  let bob: Slixmpp;
  let profile: string;
  let alice: KithRun | undefined;

  beforeAll(async () => {
    server = await startProsody({ users: [], password });
    for (const name of ['alice', 'bob']) await server.register(name);
    chromium = await startChromium();
    bob = await startSlixmpp(server, 'bob');
  });
  afterAll(async () => {
    await bob?.end();
    await chromium?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    profile = await newProfile();
  });
  afterEach(async () => {
    await alice?.stop();
    await rm(profile, { recursive: true, force: true });
  });

  /** Opens a window, is refused with a mistyped password, mends it, and hears from Bob. Returns all that was told and shown. */
  async function live(started: KithRun, account: AccountId): Promise<readonly string[]> {
    const window = await chromium.open(await started.openWindow());
    await window.page.getByRole('main').waitFor();
    await started.ask('account.set', { account, password: mistyped });
    await started.connection(
      'the refusal',
      (event) => event.type === 'status-changed' && event.reason?.code === 'authentication-failed',
    );
    await started.ask('account.set', { account, password });
    await started.ask('account.connect', { account });
    await online(started);
    await bob.send('alice@localhost', body);
    await started.message('the message from Bob', (message) => message.body === body);
    await until('the window to receive it', () => window.received.some((frame) => frame.includes(body)) || undefined);
    return [...started.told, ...window.received, await window.page.content(), started.run.output, started.run.errors];
  }

  const online = (started: KithRun) =>
    started.connection('online', (event) => event.type === 'status-changed' && event.status === 'online');

  it('kept in memory is on no disk, in no log and in nothing the window received', async () => {
    alice = await startKith({ profile, secrets: 'memory', flags: ['--headless', '--verbose'] });
    const account = await alice.ask('account.add', {
      protocol: 'xmpp' as ProtocolId,
      address: 'alice@localhost',
      password,
      parameters: { host: server.host, port: server.port, ca: server.ca },
    });
    await online(alice);
    const said = await live(alice, account);
    expect(holds(said, body)).toBe(true);
    for (const secret of [password, mistyped]) {
      expect(holds(said, secret)).toBe(false);
      expect(filesWith(profile, secret)).toEqual([]);
    }
    await alice.stop();
    for (const secret of [password, mistyped]) expect(filesWith(profile, secret)).toEqual([]);
  });

  it('kept in plain sight is in its one file only, and after sealing nowhere at all', async () => {
    alice = await startKith({ profile, secrets: 'plain', flags: ['--headless', '--verbose'] });
    const said = await live(alice, await alice.signIn(server, 'alice'));
    expect(filesWith(profile, password)).toEqual(['secrets.plain']);
    expect(filesWith(profile, mistyped)).toEqual([]);

    await alice.ask('secrets.choose', { mode: 'sealed', passphrase });
    expect(filesWith(profile, 'kith-secrets')).toContain('secrets.sealed');
    for (const secret of [password, mistyped, passphrase]) {
      expect(filesWith(profile, secret)).toEqual([]);
      expect(holds([...said, ...alice.told], secret)).toBe(false);
    }
    const words =
      readFileSync(`/proc/${alice.run.pid}/cmdline`, 'utf8') + readFileSync(`/proc/${alice.run.pid}/environ`, 'utf8');
    expect(holds([words], password)).toBe(false);
    await alice.stop();
    for (const secret of [password, mistyped, passphrase]) expect(filesWith(profile, secret)).toEqual([]);
  });

  it('is in nothing the command line prints, nor is what people say in any log', async () => {
    alice = await startKith({ profile, secrets: 'plain', flags: ['--headless', '--verbose'] });
    const said = await live(alice, await alice.signIn(server, 'alice'));
    const printed = await Promise.all(
      [
        ['account', 'list', '--json'],
        ['contacts', '--json'],
        ['status', '--json'],
      ].map((words) => alice?.say(...words)),
    );
    const wrong = await kith(['account', 'set', 'alice@localhost', '--set', 'nonsense=1', '--profile', profile]);
    const all = [...printed, wrong].flatMap((one) => [one?.output ?? '', one?.errors ?? '']);
    expect(holds([...all, ...said], password)).toBe(false);
    expect(filesWith(profile, body).filter((name) => name.startsWith('log'))).toEqual([]);
    expect(filesWith(profile, body)).not.toEqual([]);
  });
});
