import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import type { FileFetched, FileToFetch } from '../contracts/index.ts';
import type { Message, SharedFile } from '../domain/index.ts';
import { type CoreRig, coreRig, incoming, listed } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';
import { type FileFolder, fileFolder, pngOf } from '../../test/harness/file-folder.ts';

let place: FileFolder;
let rig: CoreRig;
let connection: FakeConnection;
let account: Message['account'];

beforeEach(async () => {
  place = fileFolder();
  rig = await coreRig({ files: place.room }, {}, (host) => (host.facets = [...host.facets, 'files']));
  ({ connection, id: account } = await rig.account());
  connection.says({ type: 'contacts-changed', changed: [listed('amy')], removed: [] });
});
afterEach(async () => {
  await rig.close();
  place.remove();
});

/** Somebody sends a file, which fetched would be this. */
async function comes(name: string, content: Buffer | string, from = 'amy'): Promise<Message> {
  const url = `https://files.example/${name}`;
  const message = incoming(account, from, url, { file: { url, name } });
  connection.fetching = async ({ path, largest }: FileToFetch): Promise<FileFetched> => {
    if (content.length > largest) return { size: content.length, whole: false };
    writeFileSync(path, content, { flag: 'wx' });
    return { size: content.length, whole: true };
  };
  connection.says({ type: 'messages-received', messages: [message] });
  await rig.settle();
  return message;
}
const fileOf = ({ id }: Message): SharedFile | undefined => rig.store.message(id)?.file;
const fetched = () => connection.all('fetch').map(([, file]) => file as FileToFetch);
const picture = pngOf(320, 240);

describe('a picture that somebody in the list sent', () => {
  it('is fetched when a window shows it, once, and then is here', async () => {
    const message = await comes('orchard.png', picture);
    expect(fetched()).toEqual([]);
    const [one, other] = await Promise.all([rig.house.shownFile(message.id), rig.house.shownFile(message.id)]);
    expect(one).toEqual({ type: 'image/png', bytes: picture });
    expect(other).toEqual(one);
    expect(await rig.house.shownFile(message.id)).toEqual(one);
    expect(fetched()).toMatchObject([{ url: 'https://files.example/orchard.png', byItself: true, largest: 8388608 }]);
    expect(fileOf(message)).toMatchObject({ size: 24, type: 'image/png', picture: { width: 320, height: 240 } });
    expect(rig.events('messages-changed').at(-1)?.changed[0]?.file?.picture).toEqual({ width: 320, height: 240 });
  });

  it.each([
    ['a page', '<html><script>alert(1)</script>'],
    ['a drawing that can run code', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['more than a window could decode', pngOf(60_000, 60_000)],
  ])('but is %s is not shown, not kept, and not fetched again', async (_what, content) => {
    const message = await comes('orchard.png', content);
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
    expect(fetched()).toHaveLength(1);
    expect(place.held()).toEqual([]);
    expect(fileOf(message)).not.toHaveProperty('picture');
  });

  it('and is too large only tells its size', async () => {
    const message = await comes('orchard.png', 'x');
    connection.fetching = async () => ({ size: 90_000_000, whole: false });
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
    expect(fileOf(message)).toMatchObject({ size: 90_000_000 });
  });

  it('that could not be had is tried again when the account is back', async () => {
    const message = await comes('orchard.png', picture);
    const works = connection.fetching;
    connection.fetching = () => Promise.reject(new KithError('network', 'No way'));
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
    connection.fetching = works;
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
    connection.goesOffline('network');
    connection.comesOnline();
    expect(await rig.house.shownFile(message.id)).toBeDefined();
  });

  it('that was lost from the disk is fetched anew', async () => {
    const message = await comes('orchard.png', picture);
    await rig.house.shownFile(message.id);
    await place.room.remove(fileOf(message)!.held!);
    expect(await rig.house.shownFile(message.id)).toBeDefined();
    expect(fetched()).toHaveLength(2);
  });
});

describe('what nobody asked for', () => {
  it.each([
    ['a picture of a stranger', 'orchard.png', 'stranger'],
    ['a document', 'plan.pdf', 'amy'],
    ['a drawing', 'plan.svg', 'amy'],
  ])('is not fetched: %s', async (_what, name, from) => {
    const message = await comes(name, picture, from);
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
    expect(fetched()).toEqual([]);
  });

  it('is when a person asks, and then a stranger’s picture is shown', async () => {
    const message = await comes('orchard.png', picture, 'stranger');
    await rig.house.ask('file.show', { message: message.id });
    expect(fetched()).toMatchObject([{ byItself: false, largest: 8388608 }]);
    expect(await rig.house.shownFile(message.id)).toBeDefined();
  });

  it('is said not to be a picture when it is none', async () => {
    const message = await comes('orchard.png', '<html>', 'stranger');
    const asked = rig.house.ask('file.show', { message: message.id });
    await expect(asked).rejects.toMatchObject({ code: 'not-supported' });
    expect(await rig.house.shownFile(message.id)).toBeUndefined();
  });
});

describe('a file that a person saves', () => {
  it('lies in their folder, opens on their word, and can be saved again when it is gone', async () => {
    const message = await comes('plan.pdf', 'the plan', 'stranger');
    await rig.house.ask('file.save', { message: message.id });
    const saved = join(place.downloads, 'plan.pdf');
    expect(readFileSync(saved, 'utf8')).toBe('the plan');
    expect(fileOf(message)).toMatchObject({ saved, size: 8 });
    expect(place.held()).toEqual([]);
    expect(place.handed).toEqual([]);
    await rig.house.ask('file.open', { message: message.id });
    expect(place.handed).toEqual([saved]);
    rmSync(saved);
    const opened = rig.house.ask('file.open', { message: message.id });
    await expect(opened).rejects.toMatchObject({ code: 'not-found' });
    expect(fileOf(message)).not.toHaveProperty('saved');
  });

  it('is not fetched twice when it is a picture that is here', async () => {
    const message = await comes('orchard.png', picture);
    await rig.house.shownFile(message.id);
    await rig.house.ask('file.save', { message: message.id });
    expect(fetched()).toHaveLength(1);
    expect(await rig.house.shownFile(message.id)).toBeDefined();
  });

  it('says why it could not be had', async () => {
    const message = await comes('plan.pdf', 'x');
    connection.fetching = () => Promise.reject(new KithError('not-found', 'The file is no longer there'));
    const saved = rig.house.ask('file.save', { message: message.id });
    await expect(saved).rejects.toMatchObject({ code: 'not-found', message: 'The file is no longer there' });
    connection.goesOffline('network');
    const offline = rig.house.ask('file.save', { message: message.id });
    await expect(offline).rejects.toMatchObject({ code: 'not-online' });
  });

  it('is called off', async () => {
    const message = await comes('plan.pdf', 'x');
    await rig.house.ask('file.cancel', { message: message.id });
    expect(connection.all('cancel')).toEqual([[message.id]]);
  });

  it('is only what was sent as a file', async () => {
    const words = incoming(account, 'amy', 'just words');
    connection.says({ type: 'messages-received', messages: [words] });
    await rig.settle();
    for (const verb of ['file.save', 'file.show', 'file.open', 'file.cancel'] as const)
      await expect(rig.house.ask(verb, { message: words.id })).rejects.toMatchObject({ code: 'not-found' });
  });
});
