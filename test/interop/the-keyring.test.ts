import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../harness/processes.ts';

const base = mkdtempSync(join(tmpdir(), 'kith-keyring-'));
const root = fileURLToPath(new URL('../../', import.meta.url));
for (const [name, debianPackage] of [
  ['dbus-run-session', 'dbus-daemon'],
  ['gnome-keyring-daemon', 'gnome-keyring'],
] as const)
  findProgram({ name, debianPackage });

/** Tries get, set, get, remove, get in a process of its own, on whatever bus it is given, and says what came of each. */
beforeAll(async () => {
  symlinkSync(`${root}node_modules`, `${base}/node_modules`);
  writeFileSync(
    `${base}/try.ts`,
    `import { KeyringSecrets } from ${JSON.stringify(`${root}src/secrets/keyring.ts`)};
     const secrets = new KeyringSecrets();
     const said = async (act) => { try { return (await act()) ?? null; } catch (error) { return error.code + ': ' + error.message; } };
     const acts = {
       get: () => secrets.get('account'), set: () => secrets.set('account', 'open sesame'), remove: () => secrets.remove('account'),
     };
     const all = [];
     for (const act of process.argv.slice(2)) all.push(await said(acts[act]));
     console.log('RESULT ' + JSON.stringify(all));`,
  );
  const bundle = await rolldown({
    input: `${base}/try.ts`,
    external: [/^node:/, '@napi-rs/keyring'],
    platform: 'node',
    logLevel: 'silent',
  });
  await bundle.write({ file: `${base}/try.mjs`, format: 'esm' });
  await bundle.close();
  mkdirSync(`${base}/run`, { mode: 0o700 });
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Runs a shell line with a home, and so a keyring, of its own. */
function run(line: string): Promise<(string | null)[]> {
  const { PATH } = process.env;
  const child = spawn('sh', ['-c', line], {
    env: {
      PATH,
      HOME: base,
      XDG_DATA_HOME: `${base}/data`,
      XDG_RUNTIME_DIR: `${base}/run`,
      NODE: process.execPath,
      BASE: base,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      const result = /^RESULT (.*)$/m.exec(output)?.[1];
      if (result === undefined) reject(new Error(output));
      else resolve(JSON.parse(result) as (string | null)[]);
    });
  });
}

/** What shows that the daemon is ready: it has its name, and where it was given the passphrase, its keyring is open. */
const ready = {
  named:
    '--dest=org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets',
  opened:
    '--dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked',
};

/** A private bus with a keyring daemon that takes its passphrase from standard input. */
const onBus = (unlock: '--unlock' | '', acts: string) =>
  run(`dbus-run-session -- sh -c '
    printf sesame | gnome-keyring-daemon ${unlock} --components=secrets --foreground >/dev/null 2>&1 & daemon=$!
    is() { dbus-send --session --print-reply "$@" 2>/dev/null | grep -q "boolean $wanted"; }
    tries=0; until [ $((tries += 1)) -gt 3000 ] || { wanted=true; is ${ready.named}; }; do :; done
    ${unlock === '' ? '' : `until [ $((tries += 1)) -gt 6000 ] || { wanted=false; is ${ready.opened}; }; do :; done`}
    "$NODE" "$BASE/try.mjs" ${acts}; kill $daemon'`);

describe('the keyring', () => {
  it('that is not there is said to be missing, with what to do', async () => {
    const said = await run('"$NODE" "$BASE/try.mjs" get set remove');
    for (const one of said) expect(one).toMatch(/^not-supported: There is no keyring .* passphrase of your own/);
    expect(JSON.stringify(said)).not.toContain('sesame');
  });

  it('keeps, finds and forgets', { timeout: 60_000 }, async () => {
    expect(await onBus('--unlock', 'get set get remove remove get')).toEqual([
      null,
      null,
      'open sesame',
      null,
      null,
      null,
    ]);
  });

  it('that stays locked asks for itself to be unlocked', { timeout: 60_000 }, async () => {
    await onBus('--unlock', 'set');
    const said = await onBus('', 'get');
    expect(said).toEqual(['password-needed: The keyring is locked. Unlock it and try again.']);
    expect(await onBus('--unlock', 'get')).toEqual(['open sesame']);
  });
});
