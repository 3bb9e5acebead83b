/** The program as it is started and ended: hand-over, crashes, signals, and what is left behind. */
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { kith } from '../harness/kith.ts';
import { Run } from '../harness/processes.ts';
import { bounded, until } from '../harness/waiting.ts';

const command = fileURLToPath(new URL('../../bin/kith', import.meta.url));
let folder: string;
let profile: string;
let runs: Run[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-start-'));
  profile = join(folder, 'profile');
  runs = [];
});
afterEach(async () => {
  await Promise.all(runs.map((run) => run.end('SIGKILL').catch(() => undefined)));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** No screen unless the test brings one; temporary files where they can be counted. */
const secluded = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, TMPDIR: undefined as string | undefined };

function start(flags: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Run {
  const run = new Run(process.execPath, [command, ...flags], { env: { ...secluded, ...env } });
  runs.push(run);
  return run;
}

const stands = (run: Run): Promise<string> =>
  until('Kith to stand', () => {
    if (run.exit !== undefined) throw new Error(`It ended with ${run.exit.code}\n${run.errors}${run.output}`);
    return run.output.includes('\n') ? run.output : undefined;
  });

describe('a second start', () => {
  it('with the same profile hands over to the first and ends with 0', async () => {
    const first = start(['--headless', '--profile', profile]);
    await stands(first);
    const second = start(['--headless', '--profile', profile]);
    expect(await bounded('the second', second.ended)).toEqual({ code: 0, signal: null });
    expect(second.output).toContain('already running');
    expect(first.exit).toBeUndefined();
  });

  it('that wants a window gets it from the first', async () => {
    const first = start(['--headless', '--profile', profile]);
    await stands(first);
    const second = start(['--profile', profile]);
    expect((await bounded('the second', second.ended)).code).toBe(0);
    const page = fileURLToPath(/file:\S+\.html/.exec(second.output)?.[0] ?? '');
    expect(statSync(page).mode & 0o777).toBe(0o600);
    expect(page.startsWith(profile)).toBe(true);
  });

  it('at the very same moment still leaves one Kith, and two content people', async () => {
    const both = [start(['--headless', '--profile', profile]), start(['--headless', '--profile', profile])];
    const [over, stays] = await until('one to hand over', () => {
      const ended = both.find((run) => run.exit !== undefined);
      return ended === undefined ? undefined : [ended, both.find((run) => run !== ended)];
    });
    expect(over?.exit?.code).toBe(0);
    expect(over?.output).toContain('already running');
    expect(stays?.exit).toBeUndefined();
  });

  it('after the first was killed finds nobody and stands itself', async () => {
    const first = start(['--headless', '--profile', profile]);
    await stands(first);
    await first.end('SIGKILL');
    expect(existsSync(join(profile, 'kith.sock'))).toBe(true);
    await stands(start(['--headless', '--profile', profile]));
    expect((await kith(['account', 'list', '--profile', profile])).code).toBe(0);
  });

  it('finds the first also when the profile lies too deep for a socket', async () => {
    const deep = join(folder, 'd'.repeat(60), 'e'.repeat(60));
    const first = start(['--headless', '--profile', deep], { XDG_RUNTIME_DIR: folder });
    await stands(first);
    const told = await kith(['status', '--json', '--profile', deep]);
    expect(JSON.parse(told.output)).toMatchObject({ running: true });
    await first.end();
    expect(readdirSync(deep).filter((name) => name.startsWith('kith.sock'))).toEqual([]);
    expect(readdirSync(folder)).toEqual(['d'.repeat(60)]);
  });
});

describe('the end', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s is clean and a success', async (signal) => {
    const run = start(['--headless', '--profile', profile]);
    await stands(run);
    run.signal(signal);
    expect(await bounded('its end', run.ended)).toEqual({ code: 0, signal: null });
    expect(readdirSync(profile).toSorted()).toEqual(['kith.db', 'log', 'run']);
    expect(readFileSync(join(profile, 'log/kith.log'), 'utf8')).not.toContain('cut short');
  });

  it('by kith quit is waited for', async () => {
    const run = start(['--headless', '--profile', profile]);
    await stands(run);
    expect((await kith(['quit', '--profile', profile])).code).toBe(0);
    expect(existsSync(join(profile, 'kith.sock'))).toBe(false);
    expect((await bounded('its end', run.ended)).code).toBe(0);
    expect((await kith(['quit', '--profile', profile])).code).toBe(3);
  });
});

/** Stands in for Chromium: notes how it was called, and stays until it is told to go or its file is removed. */
const standIn = `#!/bin/sh
printf '%s\\n' "$@" > "$0.called"
echo $$ > "$0.pid"
while [ -e "$0.pid" ]; do sleep 0.05; done
`;

describe('the window', () => {
  let chromium: string;
  beforeEach(() => {
    chromium = join(folder, 'chromium');
    writeFileSync(chromium, standIn);
    chmodSync(chromium, 0o755);
  });
  const called = (): Promise<string[]> =>
    until('Chromium to be called', () =>
      existsSync(`${chromium}.pid`) ? readFileSync(`${chromium}.called`, 'utf8').trim().split('\n') : undefined,
    );
  const screen = (): Record<string, string> => ({ DISPLAY: ':none', KITH_CHROMIUM: chromium });

  it('is opened with a file, on a folder of its own, kept off the network', async () => {
    await stands(start(['--profile', profile], screen()));
    const words = await called();
    const page = fileURLToPath(words.find((word) => word.startsWith('--app='))?.slice('--app='.length) ?? '');
    const ticket = /value="([^"]+)"/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
    expect(ticket).toHaveLength(43);
    expect(words.join(' ')).not.toContain(ticket);
    expect(readFileSync(join(profile, 'log/kith.log'), 'utf8')).not.toContain(ticket);
    expect(words).toContain(`--user-data-dir=${join(profile, 'chromium')}`);
    expect(words).toContain('--disable-background-networking');
    expect(words).toContain('--no-first-run');
    expect(words.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });

  it('ends with Kith', async () => {
    const run = start(['--profile', profile], screen());
    await called();
    const pid = Number(readFileSync(`${chromium}.pid`, 'utf8'));
    expect((await run.end()).code).toBe(0);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });

  it('goes also when Kith is killed, so that the next one finds its folder free', async () => {
    const run = start(['--profile', profile], screen());
    await called();
    const pid = Number(readFileSync(`${chromium}.pid`, 'utf8'));
    await run.end('SIGKILL');
    expect(await until('the window to go', () => (existsSync(`/proc/${pid}`) ? undefined : 'gone'))).toBe('gone');
  });

  /** Does what the page in the window does: sends the ticket, connects, joins. */
  const comeToLife = async (words: readonly string[]): Promise<void> => {
    const file = fileURLToPath(words.find((word) => word.startsWith('--app='))?.slice('--app='.length) ?? '');
    const [, origin = '', ticket = ''] =
      /action="(.+)\/enter"[\s\S]*value="(.+)"/.exec(readFileSync(file, 'utf8')) ?? [];
    const body = new URLSearchParams({ ticket });
    const entered = await fetch(`${origin}/enter`, { method: 'POST', body, redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/bridge`, { origin, headers: { cookie } });
    await bounded('the join', once(socket, 'open'));
    socket.send(JSON.stringify({ id: 1, verb: 'house.join', with: {} }));
    await bounded('the snapshot', once(socket, 'message'));
    socket.terminate();
  };

  it('that cannot be shown is said, with another way in, and Kith stays', async () => {
    const run = start(['--profile', profile], screen());
    await called();
    rmSync(`${chromium}.pid`);
    await until('the other way in', () => (run.errors.includes('file://') ? true : undefined));
    expect(run.exit).toBeUndefined();
  });

  it('being closed ends Kith', async () => {
    const run = start(['--profile', profile], screen());
    await comeToLife(await called());
    rmSync(`${chromium}.pid`);
    expect((await bounded('its end', run.ended)).code).toBe(0);
  });

  it('of a Kith without one comes and goes, and Kith stays', async () => {
    const run = start(['--headless', '--profile', profile], screen());
    await stands(run);
    expect((await bounded('the asking one', start(['--profile', profile], screen()).ended)).code).toBe(0);
    await comeToLife(await called());
    rmSync(`${chromium}.pid`);
    rmSync(`${chromium}.called`);
    // A second one can be had only after the first is gone.
    await bounded('the asking one', start(['--profile', profile], screen()).ended);
    await called();
    expect(run.exit).toBeUndefined();
  });
});

describe('the demo', () => {
  const left = (): string[] => readdirSync(folder).filter((name) => name.startsWith('kith-demo-'));
  const away = (): Record<string, string> => ({ TMPDIR: folder, HOME: join(folder, 'home') });

  it('touches no profile and leaves nothing behind', async () => {
    const run = start(['--demo', '--headless'], away());
    await stands(run);
    const [name = ''] = left();
    const { output } = await kith(['account', 'list', '--json', '--profile', join(folder, name)]);
    expect(JSON.parse(output)).toMatchObject([{ protocol: 'testbed', state: 'online' }]);
    expect((await run.end()).code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that was killed is swept up by the next', async () => {
    const first = start(['--demo', '--headless'], away());
    await stands(first);
    const before = left();
    await first.end('SIGKILL');
    expect(left()).toEqual(before);
    await stands(start(['--demo', '--headless'], away()));
    expect(left()).toHaveLength(1);
    expect(left()).not.toEqual(before);
  });

  it('over Prosody names the package where there is none', async () => {
    const run = start(['--demo=prosody', '--headless'], { ...away(), PATH: folder });
    expect((await bounded('its end', run.ended)).code).toBe(3);
    expect(run.errors).toContain('apt-get install prosody');
    expect(left()).toEqual([]);
  });
});

describe('the demo over Prosody', () => {
  const servers = (): string[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(join(folder, 'kith-demo-'));
        } catch {
          return false;
        }
      });

  it.each([
    ['SIGTERM', 0],
    ['SIGKILL', 1],
  ] as const)('leaves no server behind after %s, and %i folders', async (signal, folders) => {
    const run = start(['--demo=prosody', '--headless'], { TMPDIR: folder });
    await stands(run);
    expect(servers().length).toBeGreaterThan(0);
    await run.end(signal);
    await until('the server to end', () => (servers().length === 0 ? true : undefined));
    expect(readdirSync(folder)).toHaveLength(folders);
  });
});
