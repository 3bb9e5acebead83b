import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, type FileFolder, fileFolder } from '../../test/harness/file-folder.ts';
import type { HeldFile } from '../domain/index.ts';

let place: FileFolder;
beforeEach(() => {
  place = fileFolder();
});
afterEach(() => place.remove());

describe('what is taken in', () => {
  it('is held for nobody else to read', async () => {
    const { held, size } = await place.room.take(bytesOf('one ', 'two'), 7);
    expect(size).toBe(7);
    expect(Buffer.from(await place.room.read(held)).toString()).toBe('one two');
    expect(Buffer.from(await place.room.head(held)).toString()).toBe('one two');
    expect(statSync(place.room.pathOf(held)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it is too much, or breaks off', async () => {
    await expect(place.room.take(bytesOf('1234', '5678'), 7)).rejects.toMatchObject({ code: 'invalid-argument' });
    const breaking = async function* () {
      yield Buffer.from('half');
      throw new Error('cut');
    };
    await expect(place.room.take(breaking(), 7)).rejects.toMatchObject({ code: 'internal' });
    expect(place.held()).toEqual([]);
  });

  it.each(['../kith.db', '/etc/passwd', '', 'a'.repeat(36), '..', `../${'a'.repeat(33)}`])(
    'is never found under a name like %j',
    async (name) => {
      const held = name as HeldFile;
      expect(await place.room.sizeOf(held)).toBeUndefined();
      await expect(place.room.save(held, 'x')).rejects.toMatchObject({ code: expect.stringMatching(/not-found|disk/) });
    },
  );

  it('goes when no message needs it, except what is new and what waits', async () => {
    const [old, needed, fresh] = await Promise.all(['a', 'b', 'c'].map((text) => place.room.take(bytesOf(text), 9)));
    for (const { held } of [old!, needed!]) utimesSync(place.room.pathOf(held), 0, 0);
    await place.room.tidy({ waiting: [], kept: [needed!.held] });
    expect(place.held().toSorted()).toEqual([needed!.held, fresh!.held].toSorted());
  });

  it('goes when it is too much together with what is newer; what waits to be sent never does', async () => {
    const [newer, older, waits] = await Promise.all(['a', 'b', 'c'].map((text) => place.room.take(bytesOf(text), 9)));
    for (const { held } of [newer!, older!, waits!]) {
      truncateSync(place.room.pathOf(held), 200 * 1024 * 1024);
      utimesSync(place.room.pathOf(held), 0, 0);
    }
    await place.room.tidy({ waiting: [waits!.held], kept: [newer!.held, older!.held] });
    expect(place.held().toSorted()).toEqual([newer!.held, waits!.held].toSorted());
  });
});

describe('what is saved', () => {
  it('lies under its name, beside and not over what is there', async () => {
    const { held } = await place.room.take(bytesOf('new'), 9);
    mkdirSync(place.downloads);
    writeFileSync(join(place.downloads, 'plan.pdf'), 'precious');
    expect(await place.room.save(held, 'plan.pdf')).toBe(join(place.downloads, 'plan (1).pdf'));
    expect(await place.room.save(held, 'plan.pdf')).toBe(join(place.downloads, 'plan (2).pdf'));
    expect(readFileSync(join(place.downloads, 'plan.pdf'), 'utf8')).toBe('precious');
    expect(readFileSync(join(place.downloads, 'plan (2).pdf'), 'utf8')).toBe('new');
  });

  it('never leaves the folder, whatever it is called, and cannot be run', async () => {
    const { held } = await place.room.take(bytesOf('x'), 9);
    const path = await place.room.save(held, '../../.config/autostart/\u202eevil.desktop');
    expect(path).toBe(join(place.downloads, 'evil.desktop'));
    expect(statSync(path).mode & 0o111).toBe(0);
  });

  it('says when its folder cannot be made', async () => {
    const { held } = await place.room.take(bytesOf('x'), 9);
    writeFileSync(place.downloads, 'a file');
    await expect(place.room.save(held, 'x')).rejects.toMatchObject({ code: 'disk' });
  });

  it('is opened as it is, and what could run is shown in its folder', async () => {
    const { held } = await place.room.take(bytesOf('x'), 9);
    const pdf = await place.room.save(held, 'plan.pdf');
    for (const name of ['a.desktop', 'b.SH', 'c.html', 'd.svg', 'e.jar']) {
      await place.room.open(await place.room.save(held, name));
    }
    await place.room.open(pdf);
    expect(place.handed).toEqual([...Array<string>(5).fill(place.downloads), pdf]);
    rmSync(pdf);
    await expect(place.room.open(pdf)).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(pdf)).toBe(false);
  });
});
