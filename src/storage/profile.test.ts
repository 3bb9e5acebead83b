import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../base/index.ts';
import type { MessageId } from '../domain/index.ts';
import { Database } from './database.ts';
import { migrations } from './migrations/index.ts';
import { openDatabase } from './open.ts';
import { account, home, message, storeAt, temporaryFolder } from './samples.ts';

const place = temporaryFolder();
const program = `${place.folder}/hold.mjs`;
const children = new Set<ChildProcess>();
let number = 0;
const fresh = () => `${place.folder}/${(number += 1)}`;
const failing = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string });

/** A second process that opens the profile, says what came of it, and holds it until it ends. */
beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  symlinkSync(`${root}/node_modules`, `${place.folder}/node_modules`);
  writeFileSync(
    `${place.folder}/hold.ts`,
    `import { storeAt } from ${JSON.stringify(`${root}/src/storage/samples.ts`)};
     try { globalThis.store = storeAt(process.argv[2]); console.log('held'); setInterval(() => {}, 1000); }
     catch (error) { console.log(error.code + ' ' + error.message); }`,
  );
  const bundle = await rolldown({
    input: `${place.folder}/hold.ts`,
    external: [/^node:/, '@photostructure/sqlite'],
    platform: 'node',
    logLevel: 'silent',
  });
  await bundle.write({ file: program, format: 'esm' });
  await bundle.close();
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(() => place.remove());

/** `as` is somebody else when the tests run as root, for whom no folder is closed. */
async function otherProcess(
  folder: string,
  as: { readonly uid?: number } = {},
): Promise<{ readonly said: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'], ...as });
  children.add(child);
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { said, child };
}

describe('a profile', () => {
  it('belongs to one process, and the other is told which', async () => {
    const folder = fresh();
    const { said, child } = await otherProcess(folder);
    expect(said).toBe('held');
    expect(() => storeAt(folder)).toThrow(failing('profile-in-use', new RegExp(`process ${child.pid}\\b`)));
    expect((await otherProcess(folder)).said).toMatch(/^profile-in-use /);
  });

  it('is free again the moment its process is killed, with everything that was stored', async () => {
    const folder = fresh();
    const first = storeAt(folder);
    first.saveAccount(account());
    first.keep([message('a', 1)]);
    first.close();
    const { said, child } = await otherProcess(folder);
    expect(said).toBe('held');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = storeAt(folder);
    expect(store.message('a' as MessageId)?.body).toBe('words of a');
    store.close();
  });

  it('goes to exactly one of two that start at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const folder = fresh();
      const both = await Promise.all([otherProcess(folder), otherProcess(folder)]);
      expect(both.map(({ said }) => said.split(' ')[0]).toSorted()).toEqual(['held', 'profile-in-use']);
    }
  });

  it('is readable by nobody else, whatever the umask', () => {
    const folder = fresh();
    const before = process.umask(0);
    try {
      const store = storeAt(folder);
      store.saveAccount(account());
      const modes = readdirSync(folder).map((name) => [name, statSync(`${folder}/${name}`).mode & 0o777]);
      expect(modes).toEqual([
        ['kith.db', 0o600],
        ['kith.db-wal', 0o600],
      ]);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      store.close();
      expect(readdirSync(folder)).toEqual(['kith.db']);
    } finally {
      process.umask(before);
    }
  });

  it('tightens a folder of its own, and leaves a folder with other things in it as it is', () => {
    const [own, others] = [fresh(), fresh()];
    for (const folder of [own, others]) mkdirSync(folder);
    for (const folder of [own, others]) chmodSync(folder, 0o755);
    writeFileSync(`${others}/letter`, '');
    for (const folder of [own, others]) storeAt(folder).close();
    expect(statSync(own).mode & 0o777).toBe(0o700);
    expect(statSync(others).mode & 0o777).toBe(0o755);
    expect(statSync(`${others}/kith.db`).mode & 0o777).toBe(0o600);
  });

  it('of a newer program is refused and left as it is', () => {
    const folder = fresh();
    storeAt(folder).close();
    const newer = [...migrations, { name: 'later', sql: 'CREATE TABLE later (a)' }];
    openDatabase(folder, newer, silentLog).close();
    const before = readFileSync(`${folder}/kith.db`);
    expect(() => storeAt(folder)).toThrow(failing('profile-newer', /newer Kith/));
    expect(readFileSync(`${folder}/kith.db`).equals(before)).toBe(true);
    openDatabase(folder, newer, silentLog).close();
  });

  it('that is not a profile at all is refused and left as it is', () => {
    const [foreign, blocked] = [fresh(), fresh()];
    mkdirSync(foreign);
    const other = new DatabaseSync(`${foreign}/kith.db`);
    other.exec('CREATE TABLE theirs (a)');
    other.close();
    writeFileSync(blocked, '');
    const before = readFileSync(`${foreign}/kith.db`);
    expect(() => storeAt(foreign)).toThrow(failing('disk', /another program/));
    expect(readFileSync(`${foreign}/kith.db`).equals(before)).toBe(true);
    expect(() => storeAt(blocked)).toThrow(failing('disk', /cannot open its files/));
    expect(() => storeAt(`${blocked}/below`)).toThrow(failing('disk', /cannot open its files/));
  });

  it('in a folder that may not be written says what to do', async () => {
    const folder = fresh();
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    chmodSync(place.folder, 0o755);
    const { said } = await otherProcess(folder, process.getuid?.() === 0 ? { uid: 65_534 } : {});
    expect(said).toMatch(/^disk Kith may not write in /);
  });

  it('that vanishes says so instead of writing where nobody will find it, and goes on when it is put back', () => {
    const folder = fresh();
    const store = storeAt(folder);
    store.saveAccount(account());
    renameSync(folder, `${folder}-elsewhere`);
    expect(() => store.keep([message('a', 1)])).toThrow(failing('disk', /no longer there/));
    expect(() => store.saveSetting('theme', 'dark')).toThrow(failing('disk', /no longer there/));
    expect(store.accounts()).toEqual([account()]);
    renameSync(`${folder}-elsewhere`, folder);
    expect(store.keep([message('a', 1)]).fresh).toHaveLength(1);
    store.close();
  });

  it('on a full disk says so, loses nothing that was stored, and goes on when there is room', () => {
    const folder = fresh();
    storeAt(folder).close();
    const sqlite = new DatabaseSync(`${folder}/kith.db`);
    const database = new Database(sqlite, folder);
    const save = (name: string, text: string) =>
      database.run('INSERT INTO setting (name, value) VALUES (?, ?)', name, text);
    save('before', 'x');
    const pages = database.first<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    database.script(`PRAGMA max_page_count = ${pages}`);
    const tooMuch = () =>
      database.together(() => {
        save('small', 'x');
        save('large', 'x'.repeat(100_000));
      });
    expect(tooMuch).toThrow(failing('disk', /disk is full/));
    expect(database.all('SELECT name FROM setting')).toEqual([{ name: 'before' }]);
    database.script('PRAGMA max_page_count = 1000000');
    tooMuch();
    expect(database.all('SELECT name FROM setting')).toHaveLength(3);
    database.close();
  });
});

describe('the steps a profile goes through', () => {
  const shape = (database: Database) =>
    database.all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name, type');

  it('lead to the same shape from nothing and from every earlier version, and lose nothing', () => {
    const wanted = openDatabase(fresh(), migrations, silentLog);
    for (let version = 1; version <= migrations.length; version += 1) {
      const folder = fresh();
      const earlier = openDatabase(folder, migrations.slice(0, version), silentLog);
      earlier.run(`INSERT INTO account VALUES (1, ?, 'xmpp', 'me@home', '', '{}', 1, '{}')`, home);
      if (version >= 3)
        earlier.script(`INSERT INTO conversation (key, id, account, kind, address)
            VALUES (1, 'home/contact/amy@example.org', 1, 'contact', 'amy@example.org');
          INSERT INTO message (seq, id, account, conversation, outgoing, sender, body, at, origin, archive, wants_marker,
            caught_up, unread, state, state_at, reason, words) VALUES (1, 'old', 1, 1, 0, 'amy@example.org', 'remembered words', 1, NULL, NULL, 0, 0, 0,
            NULL, NULL, NULL, NULL);`);
      earlier.close();
      const database = openDatabase(folder, migrations, silentLog);
      expect(shape(database)).toEqual(shape(wanted));
      expect(database.first('PRAGMA user_version')).toEqual({ user_version: migrations.length });
      database.close();
      const store = storeAt(folder);
      expect(store.accounts()).toHaveLength(1);
      expect(store.search({ words: 'remembered', limit: 5 }).messages.map((found) => found.id)).toEqual(
        version >= 3 ? ['old'] : [],
      );
      store.close();
    }
    wanted.close();
  });

  it('that fail leave the steps before them', () => {
    const folder = fresh();
    const broken = [...migrations, { name: 'broken', sql: 'CREATE TABLE half (a); CREATE TABLE account (a)' }];
    expect(() => openDatabase(folder, broken, silentLog)).toThrow(failing('internal', /already exists/));
    expect(existsSync(`${folder}/kith.db`)).toBe(true);
    const database = openDatabase(folder, migrations, silentLog);
    expect(database.first(`SELECT 1 FROM sqlite_schema WHERE name = 'half'`)).toBeUndefined();
    database.close();
  });
});
