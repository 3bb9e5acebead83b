import { afterEach, describe, expect, it } from 'vitest';
import type { Kith, Plugin, PluginManifest, PluginNeed } from '../contracts/index.ts';
import type { ContactId, Message } from '../domain/index.ts';
import { type CoreRig, coreRig, incoming, listed } from '../../test/harness/core-rig.ts';
import { VirtualClock } from '../../test/harness/virtual-clock.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';

let rig: CoreRig;
afterEach(() => rig.close());

const undone: string[] = [];

function guest(
  activate: (kith: Kith) => void | Promise<void>,
  needs: readonly PluginNeed[] = ['message-pipeline', 'people'],
  more: Partial<PluginManifest> = {},
): Plugin {
  const manifest = {
    id: 'guest',
    contract: 1,
    displayName: 'The guest',
    enabledByDefault: true,
    needs,
    ...more,
  } as const;
  return {
    manifest,
    async activate(kith) {
      await activate(kith);
      return { [Symbol.asyncDispose]: async () => void undone.push(manifest.id) };
    },
  };
}

const failing = (kith: Kith): void => {
  const stage = kith.pipeline.add({
    id: 'failing',
    at: 'transform',
    run: () => {
      throw new TypeError('a fault');
    },
  });
  expect(stage).toBeDefined();
};

async function hear(count: number): Promise<readonly string[]> {
  const { id, connection } = rig.house.snapshot().accounts[0]
    ? { id: rig.house.snapshot().accounts[0]!.id, connection: rig.connection(rig.house.snapshot().accounts[0]!.id) }
    : await rig.account();
  for (let said = 0; said < count; said += 1) {
    connection.says({ type: 'messages-received', messages: [incoming(id, 'amy@home', 'hello')] });
  }
  await rig.settle();
  return rig.events('messages-changed').flatMap(({ changed }) => changed.map(({ body }) => body));
}

const errors = () => rig.lines.filter(({ level }) => level === 'error');

describe('a plugin that fails', () => {
  it('costs no message, and is logged under its name', async () => {
    rig = await coreRig({ plugins: [guest(failing)] });
    expect(await hear(1)).toEqual(['hello']);
    expect(errors()).toMatchObject([{ from: 'guest', fields: { error: 'TypeError' } }]);
  });

  it('five times in a minute is switched off, by its own undoing', async () => {
    undone.length = 0;
    let asked = 0;
    rig = await coreRig({
      plugins: [
        guest((kith) => {
          const stage = kith.pipeline.add({
            id: 'failing',
            at: 'transform',
            run: () => {
              asked += 1;
              throw new TypeError('a fault');
            },
          });
          expect(stage).toBeDefined();
        }),
      ],
    });
    await hear(4);
    expect(undone).toEqual([]);
    expect(await hear(4)).toHaveLength(8);
    expect(undone).toEqual(['guest']);
    expect(asked).toBe(5);
  });

  it('now and then stays', async () => {
    undone.length = 0;
    rig = await coreRig({ plugins: [guest(failing)] });
    for (let fault = 0; fault < 10; fault += 1) {
      await hear(1);
      await rig.clock.advance(15_000);
    }
    expect(undone).toEqual([]);
  });

  it('to begin stays outside, and the others do not notice', async () => {
    const polite = guest((kith) => void kith.pipeline.add({ id: 'x', at: 'transform', run: shout }), undefined, {
      id: 'polite',
    });
    rig = await coreRig({
      plugins: [
        guest(() => {
          throw new RangeError('not today');
        }),
        polite,
      ],
    });
    expect(await hear(1)).toEqual(['HELLO']);
    expect(errors()[0]).toMatchObject({ from: 'guest' });
  });

  it('to begin within two seconds does not keep the house from opening, and is undone when it does begin', async () => {
    undone.length = 0;
    const clock = new VirtualClock();
    let begin = (): void => {};
    const opening = coreRig({ plugins: [guest(() => new Promise((resolve) => (begin = resolve)))] }, { clock });
    await clock.advance(2_000);
    rig = await opening;
    expect(errors()[0]).toMatchObject({ from: 'guest' });
    expect(undone).toEqual([]);
    begin();
    await rig.settle();
    expect(undone).toEqual(['guest']);
  });

  it('to answer within two seconds is gone on without', async () => {
    rig = await coreRig({
      plugins: [
        guest((kith) => void kith.pipeline.add({ id: 'x', at: 'transform', run: () => new Promise(() => {}) })),
      ],
    });
    expect(await hear(1)).toEqual([]);
    await rig.clock.advance(2_000);
    expect(await hear(0)).toEqual(['hello']);
    expect(errors()).toMatchObject([{ from: 'guest' }]);
  });

  it('as a listener does not keep the others from hearing', async () => {
    const heard: string[] = [];
    rig = await coreRig({
      plugins: [
        guest(({ people }) => {
          const listening = people.onDidChangePresence(() => {
            throw new TypeError('a fault');
          });
          expect(listening).toBeDefined();
        }),
        guest(
          ({ people }) => {
            const listening = people.onDidChangePresence(({ presence }) => heard.push(presence.availability));
            expect(listening).toBeDefined();
          },
          undefined,
          { id: 'second' },
        ),
      ],
    });
    const { connection } = await rig.account();
    const amy = listed('amy@home', { presence: { availability: 'away', status: '', message: '' } });
    connection.says({ type: 'contacts-changed', changed: [amy], removed: [] });
    await rig.settle();
    expect(heard).toEqual(['away']);
    expect(errors()).toMatchObject([{ from: 'guest' }]);
  });
});

describe('what a plugin is given', () => {
  it('is what it said it needs; the rest is denied when touched', async () => {
    const touched: unknown[] = [];
    rig = await coreRig({
      plugins: [
        guest(
          (kith) => {
            for (const touch of [() => kith.pipeline, () => kith.people]) {
              try {
                touched.push(typeof touch());
              } catch (error) {
                touched.push((error as { code: string }).code);
              }
            }
          },
          ['people'],
        ),
      ],
    });
    expect(touched).toEqual(['permission-denied', 'object']);
  });

  it('answers of people from what is known now', async () => {
    let seen: Kith['people'] | undefined;
    rig = await coreRig({ plugins: [guest(({ people }) => void (seen = people))] });
    const { id: account, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home', { alias: 'Amy' })], removed: [] });
    const person = seen!.byContact({ account, contact: 'amy@home' as ContactId });
    expect(person?.name).toBe('Amy');
    expect(seen!.presenceOf(person!.id).availability).toBe('unknown');
    expect(seen!.byAddressBookUid('amy' as never)).toBeUndefined();
  });
});

describe('which plugins are let in', () => {
  it('is what they say, unless the profile says otherwise', async () => {
    const begun: string[] = [];
    const named = (id: string, enabledByDefault: boolean): Plugin =>
      guest(() => void begun.push(id), [], { id, enabledByDefault });
    const store = new MemoryStore();
    store.saveSetting('plugin/c', 'on');
    store.saveSetting('plugin/d', 'off');
    rig = await coreRig(
      { plugins: [named('a', true), named('b', false), named('c', false), named('d', true)] },
      { store },
    );
    expect(begun).toEqual(['a', 'c']);
  });
});

function shout(message: Message): Message {
  return { ...message, body: message.body.toUpperCase() };
}
