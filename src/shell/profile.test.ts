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
    });
  });

  it('follow the XDG variables, but not relative ones', () => {
    const env = { XDG_DATA_HOME: '/d', XDG_STATE_HOME: 'state', XDG_RUNTIME_DIR: '/run/user/1' };
    expect(placesOf(env, '/home/amy')).toEqual({
      profile: '/d/kith',
      log: '/home/amy/.local/state/kith',
      runtime: '/run/user/1/kith',
    });
  });

  it('are all under the folder a person chose', () => {
    expect(placesOf({ XDG_RUNTIME_DIR: '/run/user/1' }, '/home/amy', '/p')).toEqual({
      profile: '/p',
      log: '/p/log',
      runtime: '/p/run',
    });
  });

  it('are made for their owner alone', () => {
    const places = makePlaces(placesOf({}, '', join(folder, 'a/b')));
    for (const place of Object.values(places)) expect(statSync(place as string).mode & 0o777).toBe(0o700);
  });

  it('are given up where the system refuses without a reason, as under /proc', () => {
    expect(() => makePlaces(placesOf({}, '', '/proc/kith'))).toThrow(expect.objectContaining({ code: 'disk' }));
  });

  it('that cannot be made are trouble with the disk', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makePlaces(placesOf({}, '', join(folder, 'file')))).toThrow(expect.objectContaining({ code: 'disk' }));
  });
});
