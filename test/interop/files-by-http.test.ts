/** Files over Prosody's own http_file_share: between two Kiths, and between Kith and slixmpp, both ways. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import { everythingTold, type Message, type MessageId } from '../../src/domain/index.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Slixmpp, startSlixmpp } from '../harness/slixmpp.ts';
import { towards, XmppPerson } from '../harness/xmpp-person.ts';

describe('a server that takes files up to 2 MB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kith-interop-files-'));
  const bytes = randomBytes(1_500_000);
  let server: Prosody;
  let alice: XmppPerson;
  let bob: XmppPerson;
  let carol: Slixmpp;

  beforeAll(async () => {
    server = await startProsody({ users: ['alice', 'bob', 'carol'], takesFiles: 2_000_000 });
    alice = new XmppPerson(server, 'alice');
    bob = new XmppPerson(server, 'bob');
    await alice.arrive();
    await bob.arrive();
    await alice.seat.heard.until('files-offered', () => true);
    carol = await startSlixmpp(server, 'carol');
  });
  afterAll(async () => {
    await carol?.end();
    await alice?.[Symbol.asyncDispose]();
    await bob?.[Symbol.asyncDispose]();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const local = (content: Buffer): string => {
    const path = join(folder, newId());
    writeFileSync(path, content);
    return path;
  };
  const sendFile = async (from: XmppPerson, to: Parameters<typeof towards>[0], name: string): Promise<string> => {
    const id = newId<MessageId>();
    const file = { path: local(bytes), name, size: bytes.length, type: 'application/pdf' };
    const url = await from.facet('files').upload(id, file);
    const message = { id, target: towards(to), body: url, isFile: true, at: Date.now() } as const;
    await from.facet('messages').send({ ...message, disclosure: everythingTold });
    return url;
  };
  const fetch = async (by: XmppPerson, { id, file }: Message): Promise<Buffer> => {
    const path = join(folder, newId());
    const wanted = { url: file?.url ?? '', path, largest: 2_000_000, byItself: true };
    expect(await by.facet('files').fetch(id, wanted)).toEqual({ size: bytes.length, whole: true });
    return readFileSync(path);
  };

  it('says so', () => expect(alice.seat.living.files).toEqual({ takes: true, largest: 2_000_000 }));

  it('carries one from Kith to Kith', async () => {
    const url = await sendFile(alice, bob, 'Act two, final.pdf');
    const heard = await bob.hears(url);
    expect(heard.file).toEqual({ url, name: 'Act two, final.pdf' });
    expect((await fetch(bob, heard)).equals(bytes)).toBe(true);
  });

  it('carries one from Kith to slixmpp', async () => {
    const url = await sendFile(alice, new XmppPerson(server, 'carol'), 'plan.pdf');
    const heard = await carol.events.next('the file', (event) => event.type === 'message' && event.body === url);
    expect(heard).toMatchObject({ address: url });
    carol.fetchFile(url);
    const file = await carol.events.next('its bytes', ({ type }) => type === 'file');
    expect(file).toEqual({ type: 'file', hash: createHash('sha256').update(bytes).digest('hex') });
  });

  it('carries one from slixmpp to Kith', async () => {
    await carol.sendFile(bob.address, 'plan-2.pdf', bytes.toString('base64'));
    const { messages } = await bob.seat.heard.until('messages-received', (event) =>
      event.messages.some(({ file }) => file?.name === 'plan-2.pdf'),
    );
    const heard = messages.find(({ file }) => file !== undefined)!;
    expect((await fetch(bob, heard)).equals(bytes)).toBe(true);
  });

  it('is not asked for room for one that is larger', async () => {
    const file = { path: local(bytes), name: 'x', size: 23_000_000, type: 'application/pdf' };
    await expect(alice.facet('files').upload(newId<MessageId>(), file)).rejects.toThrow(
      'The server takes files up to 2 MB; this one has 23',
    );
  });

  it('gives nothing to who does not trust its certificate', async () => {
    const stranger = new XmppPerson({ ...server, ca: '' }, 'bob', { resource: 'other' });
    await stranger.arrive();
    await stranger.seat.heard.until('files-offered', () => true);
    const file = { path: local(bytes), name: 'x.pdf', size: bytes.length, type: 'application/pdf' };
    await expect(stranger.facet('files').upload(newId<MessageId>(), file)).rejects.toMatchObject({
      code: 'certificate',
    });
    await stranger[Symbol.asyncDispose]();
  });
});
