import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { MessageId } from '../domain/index.ts';
import { account, contact, home, message, storeAt, temporaryFolder, toAmy } from './samples.ts';

const place = temporaryFolder();
let number = 0;
const fresh = () => `${place.folder}/${(number += 1)}`;
afterAll(() => place.remove());

const page = 4_096;

/** A profile with a long history in it. */
function filled(): string {
  const folder = fresh();
  const store = storeAt(folder);
  store.saveAccount(account());
  store.remember(home, 'password/mechanism', 'SCRAM-SHA-256-PLUS');
  store.saveContacts(home, [contact('amy')], []);
  store.saveSetting('theme', 'dark');
  store.saveDraft(home, toAmy, 'unfinished');
  store.keep(Array.from({ length: 2_000 }, (_, index) => message(`m${index}`, index + 1)));
  store.keep([{ ...message('waiting', 3_000), direction: 'outgoing', delivery: { state: 'queued', at: 3_000 } }]);
  store.close();
  return folder;
}

/** Overwrites the pages in which the search of bytes comes up, or one somewhere. */
function spoil(folder: string, from: number, to: number): Buffer {
  const file = `${folder}/kith.db`;
  const bytes = readFileSync(file);
  bytes.fill(0xaa, Math.floor((bytes.length * from) / page) * page, Math.floor((bytes.length * to) / page) * page);
  writeFileSync(file, bytes);
  return bytes;
}

describe('a profile that is damaged', () => {
  it('is set aside as it is, said, and begun anew where nothing can be read of it', () => {
    const folder = fresh();
    mkdirSync(folder);
    writeFileSync(`${folder}/kith.db`, 'not a database '.repeat(500));
    const store = storeAt(folder);
    expect(store.damage).toMatch(/kith\.db\.damaged-1/);
    expect(store.accounts()).toEqual([]);
    store.close();
    expect(readFileSync(`${folder}/kith.db.damaged-1`, 'utf8')).toBe('not a database '.repeat(500));
    const again = storeAt(folder);
    expect(again.damage).toBeUndefined();
    again.close();
  });

  it('in the middle is noticed in use, and mended at the next start with all that can be read', () => {
    const folder = filled();
    const spoilt = spoil(folder, 0.4, 0.5);
    const store = storeAt(folder);
    const readAll = () => store.history({ account: home, target: toAmy, limit: 10_000 });
    expect(readAll).toThrow(
      expect.objectContaining({ code: 'disk', message: expect.stringMatching(/Start Kith again/) as string }),
    );
    try {
      store.close();
    } catch {
      // A damaged file may refuse that too.
    }
    const mended = storeAt(folder);
    expect(mended.damage).toMatch(/set aside/);
    expect(readFileSync(`${folder}/kith.db.damaged-1`).length).toBe(spoilt.length);
    expect(mended.accounts()).toEqual([account()]);
    expect(mended.contacts(home)).toEqual([contact('amy')]);
    expect(mended.setting('theme')).toBe('dark');
    expect(mended.drafts()).toHaveLength(1);
    expect(mended.message('waiting' as MessageId)?.delivery?.state).toBe('queued');
    expect(new Map(mended.memory(home)).get('password/mechanism')).toBe('SCRAM-SHA-256-PLUS');
    expect(new Map(mended.memory(home)).get('holes-on-disk')).toBe('yes');
    const { messages } = mended.history({ account: home, target: toAmy, limit: 10_000 });
    expect(messages.length).toBeGreaterThan(500);
    expect(messages.length).toBeLessThan(2_001);
    expect(mended.conversations()[0]?.last?.id).toBe('waiting');
    expect(mended.search({ words: 'words', limit: 10 }).messages).toHaveLength(10);
    mended.close();
  });

  it('is set aside beside one that was before', () => {
    const folder = fresh();
    mkdirSync(folder);
    for (const text of ['first '.repeat(500), 'second '.repeat(500)]) {
      writeFileSync(`${folder}/kith.db`, text);
      storeAt(folder).close();
    }
    expect(readdirSync(folder).toSorted()).toEqual(['kith.db', 'kith.db.damaged-1', 'kith.db.damaged-2']);
  });
});
