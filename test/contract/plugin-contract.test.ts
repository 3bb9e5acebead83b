/** What every plugin promises. A folder under plugins/ is found by itself; a new plugin needs no line here. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type Disposable, disposable, Emitter, KithError, logTo, type LogLine } from '../../src/base/index.ts';
import type { Kith, Plugin, PluginNeed, Stage } from '../../src/contracts/index.ts';
import {
  type AccountId,
  type ContactId,
  type Message,
  type MessageId,
  type Person,
  type PersonId,
  type Presence,
  unknownPresence,
} from '../../src/domain/index.ts';
import { type CoreRig, coreRig, incoming, listed } from '../harness/core-rig.ts';
import { noLeaks } from '../harness/no-leaks.ts';

const home = fileURLToPath(new URL('../../plugins', import.meta.url));
const folders = readdirSync(home).filter((name) => existsSync(`${home}/${name}/index.ts`));
const plugins = await Promise.all(
  folders.map(async (folder) => {
    const { plugin } = (await import(`${home}/${folder}/index.ts`)) as { readonly plugin: Plugin };
    return [folder, plugin] as const;
  }),
);

const known: readonly PluginNeed[] = ['people', 'message-pipeline'];
const amy: Person = { id: 'amy' as PersonId, name: 'Amy', avatar: '', contacts: [], presence: unknownPresence };

/** A house for one guest: gives what is needed, and counts what hangs on it. */
function guestHouse(needs: readonly PluginNeed[]) {
  const lines: LogLine[] = [];
  const denied: PluginNeed[] = [];
  const stages = new Set<Stage>();
  let listeners = 0;
  const presences = new Emitter<{ readonly person: PersonId; readonly presence: Presence }>((error) => {
    throw error;
  });
  const given = <T>(need: PluginNeed, what: T): T => {
    if (needs.includes(need)) return what;
    denied.push(need);
    throw new KithError('permission-denied', `It did not say that it needs ${need}`);
  };
  const kith: Kith = {
    get people() {
      return given('people', {
        byAddressBookUid: () => undefined,
        byContact: () => amy,
        presenceOf: () => amy.presence,
        onDidChangePresence(listener: (value: { person: PersonId; presence: Presence }) => void): Disposable {
          listeners += 1;
          const listening = presences.event(listener);
          return disposable(() => {
            listeners -= 1;
            listening[Symbol.dispose]();
          });
        },
      });
    },
    get pipeline() {
      return given('message-pipeline', {
        add(stage: Stage): Disposable {
          stages.add(stage);
          return disposable(() => stages.delete(stage));
        },
      });
    },
  };
  return {
    kith,
    log: logTo((line) => lines.push(line)),
    lines,
    denied,
    stages,
    presences,
    hanging: () => stages.size + listeners,
  };
}

/** Words that make careless code stumble. */
const bodies = [
  'hello',
  '',
  ' ',
  '/',
  '/shrug',
  '//',
  '\\',
  '𝕳𝖊𝖞 👋🏽',
  'a\u0000b',
  'x'.repeat(65_536),
  '\n\n',
  '<b>&amp;</b>',
];

function messages(): readonly Message[] {
  return (['incoming', 'outgoing'] as const).flatMap((direction) =>
    bodies.map((body, at) => ({
      id: `${direction}-${at}` as MessageId,
      account: 'account' as AccountId,
      target: { kind: 'contact', contact: 'amy@home' as ContactId } as const,
      direction,
      from: (direction === 'incoming' ? 'amy@home' : 'me@home') as ContactId,
      body,
      at,
    })),
  );
}

describe('the plugins', () => {
  it('are there to be held to their contract', () => expect(folders).not.toEqual([]));

  it('have an id each', () => {
    const ids = plugins.map(([, { manifest }]) => manifest.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.each(plugins)('the plugin %s', (folder, plugin) => {
  noLeaks();
  let rig: CoreRig | undefined;
  afterEach(async () => {
    await rig?.close();
    rig = undefined;
  });

  it('says what it is and what it needs', () => {
    const { id, contract, displayName, needs } = plugin.manifest;
    expect(id).toBe(folder);
    expect(contract).toBe(1);
    expect(displayName).not.toBe('');
    expect(needs.filter((need) => !known.includes(need))).toEqual([]);
    expect(new Set(needs).size).toBe(needs.length);
    expect(JSON.parse(JSON.stringify(plugin.manifest))).toEqual(plugin.manifest);
  });

  it('touches nothing it did not say it needs', async () => {
    const house = guestHouse(plugin.manifest.needs);
    const undo = await plugin.activate(house.kith, house.log);
    await undo[Symbol.asyncDispose]();
    expect(house.denied).toEqual([]);
  });

  it('does not begin without what it needs', async () => {
    const house = guestHouse([]);
    const begun = Promise.resolve(
      plugin.manifest.needs.length > 0 ? plugin.activate(house.kith, house.log) : undefined,
    );
    const outcome = await begun.then(
      () => 'begun',
      (error: unknown) => (error as KithError).code,
    );
    expect(outcome).toBe(plugin.manifest.needs.length > 0 ? 'permission-denied' : 'begun');
    expect(house.hanging()).toBe(0);
  });

  it('undoes all it did, once however often it is told, and can begin again', async () => {
    const house = guestHouse(plugin.manifest.needs);
    for (let life = 0; life < 2; life += 1) {
      const undo = await plugin.activate(house.kith, house.log);
      expect(house.hanging()).toBeGreaterThan(0);
      await undo[Symbol.asyncDispose]();
      await undo[Symbol.asyncDispose]();
      expect(house.hanging()).toBe(0);
    }
  });

  it('bears any message, and leaves it the message it is', async () => {
    const house = guestHouse(plugin.manifest.needs);
    const undo = await plugin.activate(house.kith, house.log);
    const told = messages();
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    for (const stage of house.stages) {
      for (const message of told) {
        const frozen = Object.freeze(message);
        const passed = await stage.run(frozen);
        if (passed === undefined) continue;
        const { id, account, target, direction, from } = message;
        expect({ id, account, target, direction, from }).toEqual({
          id: passed.id,
          account: passed.account,
          target: passed.target,
          direction: passed.direction,
          from: passed.from,
        });
      }
    }
    house.presences.fire({ person: amy.id, presence: unknownPresence });
    await undo[Symbol.asyncDispose]();
  });

  it('logs no word anybody said', async () => {
    const house = guestHouse(plugin.manifest.needs);
    const undo = await plugin.activate(house.kith, house.log);
    for (const stage of house.stages) {
      for (const message of messages()) await stage.run({ ...message, body: `${message.body} between-us` });
    }
    await undo[Symbol.asyncDispose]();
    expect(JSON.stringify(house.lines)).not.toContain('between-us');
  });

  it('lives in a real house without a fault', async () => {
    rig = await coreRig({ plugins: [{ ...plugin, manifest: { ...plugin.manifest, enabledByDefault: true } }] });
    const { id: account, connection } = await rig.account();
    connection.says({ type: 'contacts-changed', changed: [listed('amy@home')], removed: [] });
    for (const body of bodies) {
      connection.says({ type: 'messages-received', messages: [incoming(account, 'amy@home', body)] });
    }
    const target = { kind: 'contact', contact: 'amy@home' as ContactId } as const;
    const sayable = bodies.filter((body) => body.trim() !== '');
    for (const body of sayable) await rig.house.ask('message.send', { account, target, body });
    await rig.settle();
    expect(connection.all('send')).toHaveLength(sayable.length);
    expect(rig.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
