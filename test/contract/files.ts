/** Files: taken by the network, named to others, fetched, called off. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/index.ts';
import type { FileToUpload } from '../../src/contracts/index.ts';
import { type ConversationTarget, everythingTold, type MessageId } from '../../src/domain/index.ts';
import type { Ground } from './ground.ts';
import { acquaint, type Guest, type Household } from './guest.ts';
import { inHousehold } from './household.ts';

export function files(ground: () => Ground): void {
  describe('files', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'kith-contract-files-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const content = Buffer.from('act two, '.repeat(1000));
    const laid = (name = 'act two.pdf', bytes = content): FileToUpload => {
      const path = join(folder, newId());
      writeFileSync(path, bytes);
      return { path, name, size: bytes.length, type: 'application/pdf' };
    };
    const filesOf = (guest: Guest) => guest.connection.facet('files')!;
    const arrived = async (house: Household, name: string): Promise<Guest> => {
      const guest = await house.newcomer(name);
      await guest.arrive();
      if (guest.connection.living.files === undefined) await guest.heard.until('files-offered');
      return guest;
    };
    const send = async (from: Guest, target: ConversationTarget): Promise<void> => {
      const id = newId<MessageId>();
      const body = await filesOf(from).upload(id, laid());
      const message = { id, target, body, isFile: true, at: Date.now(), disclosure: everythingTold } as const;
      await from.connection.facet('messages')!.send(message);
    };

    it(
      'are offered, with the size that is taken',
      inHousehold(ground, async (house) => {
        const juliet = await arrived(house, 'juliet');
        expect(juliet.connection.living.files).toEqual({ takes: true, largest: expect.any(Number) });
      }),
    );

    it(
      'reach whoever they are for as what they are, with word of how far they are',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await arrived(house, 'juliet'), await arrived(house, 'romeo')];
        await acquaint(juliet, romeo);
        await send(juliet, romeo.target);
        const { messages } = await romeo.heard.until('messages-received');
        const [{ file } = {}] = messages;
        expect(file).toMatchObject({ name: 'act two.pdf', url: messages[0]?.body });
        expect(juliet.heard.all('transfer-changed')[0]?.progress).toEqual({ moved: 0, size: content.length });
        expect(juliet.heard.all('transfer-changed').at(-1)).not.toHaveProperty('progress');
        expect(juliet.connection.living.transfers.size).toBe(0);

        const path = join(folder, newId());
        const wanted = { url: file!.url, path, byItself: false };
        const fetching = filesOf(romeo);
        expect(await fetching.fetch(newId<MessageId>(), { ...wanted, largest: 10 })).toMatchObject({ whole: false });
        expect(existsSync(path)).toBe(false);
        const fetched = await fetching.fetch(newId<MessageId>(), { ...wanted, largest: 1_000_000 });
        expect(fetched).toEqual({ size: content.length, whole: true });
        expect(readFileSync(path).equals(content)).toBe(true);
      }),
    );

    it(
      'go into a room',
      inHousehold(ground, async (house) => {
        const [juliet, romeo] = [await arrived(house, 'juliet'), await arrived(house, 'romeo')];
        const room = ground().room('files');
        for (const guest of [juliet, romeo]) await guest.connection.facet('rooms')!.join(room, {});
        await send(juliet, { kind: 'room', room });
        const heard = await romeo.heard.until('messages-received', ({ messages }) =>
          messages.some(({ file }) => file !== undefined),
        );
        expect(heard.messages.at(-1)).toMatchObject({ target: { kind: 'room', room }, file: { name: 'act two.pdf' } });
      }),
    );

    it(
      'are refused when they are empty, or too large, or not there',
      inHousehold(ground, async (house) => {
        const juliet = await arrived(house, 'juliet');
        const upload = (file: FileToUpload) => filesOf(juliet).upload(newId<MessageId>(), file);
        const { largest = 0 } = juliet.connection.living.files!;
        await expect(upload(laid('x', Buffer.of()))).rejects.toMatchObject({ code: 'invalid-argument' });
        await expect(upload({ ...laid(), size: largest + 1 })).rejects.toMatchObject({ code: 'invalid-argument' });
        await expect(upload({ ...laid(), path: join(folder, 'gone') })).rejects.toMatchObject({ code: 'not-found' });
      }),
    );

    it(
      'can be called off, and then begun anew; to call off what does not move is harmless',
      inHousehold(ground, async (house) => {
        const juliet = await arrived(house, 'juliet');
        const id = newId<MessageId>();
        await filesOf(juliet).cancel(id);
        const sending = filesOf(juliet).upload(id, laid());
        const cancelling = filesOf(juliet).cancel(id);
        await expect(sending).rejects.toMatchObject({ code: 'cancelled' });
        await cancelling;
        expect(await filesOf(juliet).upload(id, laid())).toMatch(/^https:/);
      }),
    );
  });
}
