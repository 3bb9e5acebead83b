import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import type { FileOffer, HeldFile, Message, OutgoingMessage } from '../domain/index.ts';
import { type CoreRig, coreRig } from '../../test/harness/core-rig.ts';
import type { FakeConnection, FakeHost } from '../../test/harness/fake-host.ts';
import { bytesOf, type FileFolder, fileFolder, pngOf } from '../../test/harness/file-folder.ts';
import { until } from '../../test/harness/waiting.ts';

const withFiles = (host: FakeHost): void => void (host.facets = [...host.facets, 'files']);
const amy = { kind: 'contact', contact: 'amy' } as const;
let place: FileFolder;
let rig: CoreRig;
let connection: FakeConnection;
let account: Message['account'];

beforeEach(async () => {
  place = fileFolder();
  rig = await coreRig({ files: place.room }, {}, withFiles);
  ({ connection, id: account } = await rig.account());
});
afterEach(async () => {
  await rig.close();
  place.remove();
});

const takes = (offer: FileOffer = { takes: true, largest: 1000 }) => connection.says({ type: 'files-offered', offer });
const send = async (content: string | Buffer = 'the second act', name = 'act two.pdf'): Promise<Message> => {
  const { held } = await rig.house.takeFile(bytesOf(content));
  return rig.house.ask('file.send', { account, target: amy as Message['target'], held, name });
};
const stored = ({ id }: Message): Message | undefined => rig.store.message(id);
const state = (message: Message): string | undefined => stored(message)?.delivery?.state;
const sent = () => connection.all('send').map(([message]) => message as OutgoingMessage);
const untilState = (message: Message, wanted: string): Promise<unknown> =>
  until(`the message to be ${wanted}`, async () => state(message) === wanted || undefined);

describe('a file that is sent', () => {
  it('is a message at once, goes to the server under a clean name, and then to them as its address', async () => {
    takes();
    const message = await send('the second act', '../act\u202e two.pdf');
    expect(message).toMatchObject({
      body: 'act two.pdf',
      file: { url: '', name: 'act two.pdf', size: 14, type: 'application/pdf' },
      delivery: { state: 'queued' },
    });
    await untilState(message, 'sending');
    expect(connection.all('upload')).toMatchObject([
      [message.id, { name: 'act two.pdf', size: 14, type: 'application/pdf' }],
    ]);
    const url = 'https://files.example/act two.pdf';
    expect(sent()).toMatchObject([{ id: message.id, body: url, isFile: true }]);
    expect(stored(message)).toMatchObject({ body: url, file: { url, name: 'act two.pdf', size: 14 } });
    expect(stored(message)?.file).not.toHaveProperty('held');
    expect(place.held()).toEqual([]);
  });

  it('stays here to be shown when it is a picture', async () => {
    takes();
    const message = await send(pngOf(320, 240), 'orchard.jpg');
    await untilState(message, 'sending');
    expect(stored(message)?.file).toMatchObject({ type: 'image/png', picture: { width: 320, height: 240 } });
    expect(await rig.house.shownFile(message.id)).toEqual({ type: 'image/png', bytes: pngOf(320, 240) });
    expect(place.held()).toHaveLength(1);
  });

  it('does not hold up what is said after it', async () => {
    takes();
    let arrived = (_url: string): void => {};
    connection.uploading = () => new Promise((resolve) => (arrived = resolve));
    const file = await send();
    const words = await rig.house.ask('message.send', { account, target: amy as Message['target'], body: 'Look!' });
    await untilState(words, 'sending');
    await until('the beginning', async () => connection.all('upload').length === 1 || undefined);
    expect(state(file)).toBe('queued');
    arrived('https://files.example/x');
    await untilState(file, 'sending');
    expect(sent().map(({ body }) => body)).toEqual(['Look!', 'https://files.example/x']);
  });

  it.each<[string, FileOffer | undefined, string, string]>([
    ['too large', { takes: true, largest: 5 }, '123456', 'The server takes files up to 5 B; this one has 6'],
    ['empty', { takes: true }, '', 'This file is empty'],
  ])('is refused when it is %s, and nothing of it stays', async (_what, offer, content, words) => {
    takes({ takes: true });
    const { held } = await rig.house.takeFile(bytesOf(content));
    if (offer !== undefined) takes(offer);
    const asked = rig.house.ask('file.send', { account, target: amy as Message['target'], held, name: 'x' });
    await expect(asked).rejects.toMatchObject({ code: 'invalid-argument', message: words });
    expect(place.held()).toEqual([]);
    expect(rig.house.snapshot().conversations).toEqual([]);
  });

  it('waits until the server has said what it takes', async () => {
    const message = await send();
    await rig.settle();
    expect(connection.all('upload')).toEqual([]);
    expect(state(message)).toBe('queued');
    takes();
    await untilState(message, 'sending');
    expect(sent()).toHaveLength(1);
  });

  it('is not even taken in where no server takes files, and never more than one takes', async () => {
    takes({ takes: false });
    await expect(rig.house.takeFile(bytesOf('x'))).rejects.toMatchObject({ code: 'not-supported' });
    takes({ takes: true, largest: 3 });
    await expect(rig.house.takeFile(bytesOf('12', '34'))).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(place.held()).toEqual([]);
  });

  it('that nobody brought is no file', async () => {
    takes();
    for (const held of ['../../etc/passwd', '00000000-0000-4000-8000-000000000000'] as HeldFile[]) {
      const asked = rig.house.ask('file.send', { account, target: amy as Message['target'], held, name: 'x' });
      await expect(asked).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('that the server refused says why, and goes when a person says so', async () => {
    takes();
    connection.uploading = () => Promise.reject(new KithError('server-refused', 'Quota reached'));
    const message = await send();
    await untilState(message, 'failed');
    expect(stored(message)?.delivery).toMatchObject({ reason: 'server-refused', text: 'Quota reached' });
    connection.uploading = async () => 'https://files.example/x';
    await rig.house.ask('message.retry', { message: message.id });
    await untilState(message, 'sending');
    expect(sent()).toHaveLength(1);
  });

  it('that the network cut off is tried again by itself, three times, and then says why', async () => {
    takes();
    let tries = 0;
    connection.uploading = async () => {
      tries += 1;
      throw new KithError('network', 'The server that keeps files cannot be reached');
    };
    const message = await send();
    for (const [again, pause] of [5_000, 20_000, 60_000].entries()) {
      await until('a try', async () => tries === again + 1 || undefined);
      await rig.settle();
      expect(state(message)).toBe('queued');
      await rig.clock.advance(pause);
    }
    await untilState(message, 'failed');
    expect(tries).toBe(4);
    expect(stored(message)?.delivery).toMatchObject({ reason: 'network' });
    connection.uploading = async () => 'https://files.example/x';
    await rig.house.ask('message.retry', { message: message.id });
    await untilState(message, 'sending');
  });

  it('that was cut off and called off is not tried again', async () => {
    takes();
    connection.uploading = async () => Promise.reject(new KithError('timeout', 'Too long'));
    const message = await send();
    await until('the first try', async () => connection.all('upload').length === 1 || undefined);
    await rig.settle();
    await rig.house.ask('message.discard', { message: message.id });
    await rig.clock.advance(3_600_000);
    expect(connection.all('upload')).toHaveLength(1);
  });

  it('waits while the account is offline, also over a new start, and goes when it is back', async () => {
    takes();
    connection.goesOffline('network');
    const message = await send();
    await rig.settle();
    expect(state(message)).toBe('queued');
    const { store, secrets, clock } = rig;
    await rig.close();
    rig = await coreRig({ files: place.room }, { store, secrets, clock }, withFiles);
    connection = rig.connection(account);
    takes();
    await untilState(message, 'sending');
    expect(sent()).toMatchObject([{ body: 'https://files.example/act two.pdf' }]);
  });

  it('that was cut off by the loss of the session waits too', async () => {
    takes();
    connection.uploading = async () => {
      connection.goesOffline('network');
      throw new KithError('network', 'The connection was lost');
    };
    const message = await send();
    await until('the loss', async () => connection.living.status === 'offline' || undefined);
    await rig.settle();
    expect(state(message)).toBe('queued');
  });

  it('is called off with its message: nothing is sent, and nothing of it stays', async () => {
    takes();
    let fail = (_error: Error): void => {};
    connection.uploading = () => new Promise((_resolve, reject) => (fail = reject));
    const message = await send();
    await until('the beginning', async () => connection.all('upload').length === 1 || undefined);
    await rig.house.ask('message.discard', { message: message.id });
    expect(connection.all('cancel')).toEqual([[message.id]]);
    fail(new KithError('cancelled', 'Called off'));
    await rig.settle();
    expect(stored(message)).toBeUndefined();
    expect(sent()).toEqual([]);
    expect(place.held()).toEqual([]);
  });

  it('that arrived in the same moment as it was called off is not sent', async () => {
    takes();
    let arrived = (_url: string): void => {};
    connection.uploading = () => new Promise((resolve) => (arrived = resolve));
    const message = await send();
    await until('the beginning', async () => connection.all('upload').length === 1 || undefined);
    await rig.house.ask('message.discard', { message: message.id });
    arrived('https://files.example/x');
    await rig.settle();
    expect(sent()).toEqual([]);
  });
});
