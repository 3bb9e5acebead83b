import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlaces, placesOf } from './profile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-places-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the places of a profile', () => {
  it('are the usual ones where nothing is said', () => {
    expect(placesOf({}, '/home/amy')).toEqual({
      profile: '/home/amy/.local/share/kith',
      log: '/home/amy/.local/state/kith',
      runtime: '/home/amy/.local/share/kith/run',
      downloads: '/home/amy/Downloads',
    });
  });

  it('follow the XDG variables, but not relative ones', () => {
    const env = { XDG_DATA_HOME: '/d', XDG_STATE_HOME: 'state', XDG_RUNTIME_DIR: '/run/user/1' };
    expect(placesOf(env, '/home/amy')).toEqual({
      profile: '/d/kith',
      log: '/home/amy/.local/state/kith',
      runtime: '/run/user/1/kith',
      downloads: '/home/amy/Downloads',
    });
  });

  it('are all under the folder a person chose', () => {
    expect(placesOf({ XDG_RUNTIME_DIR: '/run/user/1' }, '/home/amy', '/p')).toEqual({
      profile: '/p',
      log: '/p/log',
      runtime: '/p/run',
      downloads: '/p/downloads',
    });
  });

  it('are made for their owner alone', () => {
    const places = makePlaces(placesOf({}, '', join(folder, 'a/b')));
    for (const place of [places.profile, places.log, places.runtime])
      expect(statSync(place as string).mode & 0o777).toBe(0o700);
  });

  it('are given up where the system refuses without a reason, as under /proc', () => {
    expect(() => makePlaces(placesOf({}, '', '/proc/kith'))).toThrow(expect.objectContaining({ code: 'disk' }));
  });

  it('that cannot be made are trouble with the disk', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makePlaces(placesOf({}, '', join(folder, 'file')))).toThrow(
      expect.objectContaining({ code: 'disk', message: expect.stringContaining('there is a file in its way') }),
    );
  });
});

describe('the folder for what is saved', () => {
  it.each([
    ['XDG_DOWNLOAD_DIR="$HOME/Geladenes"', '/home/amy/Geladenes'],
    ['# a comment\nXDG_DESKTOP_DIR="/d"\nXDG_DOWNLOAD_DIR="/big disk/\\"new\\""', '/big disk/"new"'],
    ['XDG_DOWNLOAD_DIR="$HOME/"', '/home/amy/Downloads'],
    ['XDG_DOWNLOAD_DIR="relative"', '/home/amy/Downloads'],
    ['nonsense', '/home/amy/Downloads'],
  ])('by %j is %s', (text, path) => {
    writeFileSync(join(folder, 'user-dirs.dirs'), text);
    expect(placesOf({ XDG_CONFIG_HOME: folder }, '/home/amy').downloads).toBe(path);
  });
});
