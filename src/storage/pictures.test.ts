import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../base/index.ts';
import { migrations } from './migrations/index.ts';
import { openDatabase } from './open.ts';
import { Pictures } from './pictures.ts';
import { temporaryFolder } from './samples.ts';

const place = temporaryFolder();
afterAll(() => place.remove());

describe('pictures', () => {
  it('come back byte by byte, and the oldest go when there is no more room', () => {
    const database = openDatabase(`${place.folder}/one`, migrations, silentLog);
    const pictures = new Pictures(database, 2_500);
    const bytes = Uint8Array.from({ length: 1_000 }, (_, at) => at % 256);
    for (const avatar of ['a', 'b', 'c']) pictures.save(avatar, { type: 'image/png', bytes });
    expect(pictures.find('a')).toBeUndefined();
    expect(pictures.find('c')?.type).toBe('image/png');
    expect([...(pictures.find('b')?.bytes ?? [])]).toEqual([...bytes]);
    pictures.save('b', { type: 'image/png', bytes });
    pictures.save('d', { type: 'image/png', bytes });
    expect(['b', 'c', 'd'].filter((avatar) => pictures.find(avatar) !== undefined)).toEqual(['b', 'd']);
    database.close();
  });
});
