/** What a worker does to itself stays inside it: the house lives, says so, and starts it again. */
import { afterEach, describe, expect, it } from 'vitest';
import { type LogLine, logTo, newId, systemClock } from '../../src/base/index.ts';
import type { Health, HostDuties, ProtocolHost, RemoteConnection } from '../../src/contracts/index.ts';
import { availablePresence, everythingTold, type MessageId } from '../../src/domain/index.ts';
import { workerHost } from '../../src/host/index.ts';
import { face } from '../../protocols/testbed/manifest.ts';
import { Heard } from '../harness/heard.ts';
import { openingOf } from '../harness/hostile-host.ts';
import { noLeaks } from '../harness/no-leaks.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { bounded, until } from '../harness/waiting.ts';
import { builtWorker } from './built-worker.ts';

const duties: HostDuties = {
  ask: () => new Promise(() => {}),
  remember() {},
  readToken: async () => undefined,
  keepToken() {},
  opening: (account) => openingOf(account),
};

describe('a worker that', () => {
  noLeaks();
  let host: ProtocolHost | undefined;
  const lines: LogLine[] = [];
  afterEach(async () => {
    await host?.[Symbol.asyncDispose]();
    host = undefined;
    lines.length = 0;
  });

  /** Time is virtual: the second before a restart and the seconds of a hang do not have to be waited for. */
  async function online(clock: VirtualClock): Promise<{ connection: RemoteConnection; heard: Heard }> {
    host = workerHost({
      face,
      entry: builtWorker('testbed'),
      duties,
      clock,
      log: logTo((line) => lines.push(line)),
      limits: { maxOldGenerationSizeMb: 32 },
    });
    const connection = await host.open(openingOf(newId()));
    const heard = Heard.from(connection);
    await connection.connect(availablePresence);
    await heard.until('roster-received');
    return { connection, heard };
  }

  async function comesBack(clock: VirtualClock, heard: Heard): Promise<void> {
    const crash = await heard.until('status-changed', ({ status }) => status === 'offline');
    expect(crash.reason?.code).toBe('protocol-crashed');
    expect(host!.health).toBe('crashed');
    const after = heard.events.length;
    await clock.advance(1_000);
    await heard.until('roster-received', () => true, { after });
    expect(host!.health).toBe('well');
  }

  for (const how of ['crash', 'exit', 'leak'] as const) {
    it(`is told to ${how} fails what was asked of it, and comes back online`, async () => {
      const clock = new VirtualClock();
      const { connection, heard } = await online(clock);
      const mischief = connection.facet('mischief')!.misbehave(how);
      await expect(bounded('the end', mischief, 30_000)).rejects.toMatchObject({ code: 'protocol-crashed' });
      await comesBack(clock, heard);
    });
  }

  it('loops for ever is ended after three unanswered pings', async () => {
    const clock = new VirtualClock();
    const { connection, heard } = await online(clock);
    const healths: Health[] = [];
    const watching = host!.onDidChangeHealth((health) => healths.push(health));
    const mischief = connection.facet('mischief')!.misbehave('hang');
    const ended = bounded('the end', mischief, 30_000).catch((error: unknown) => error);
    await clock.advance(20_000);
    expect(await ended).toMatchObject({ code: 'protocol-crashed' });
    expect(healths.slice(0, 2)).toEqual(['unresponsive', 'crashed']);
    await comesBack(clock, heard);
    watching[Symbol.dispose]();
  });

  it('is merely slow is left alone', async () => {
    const clock = new VirtualClock();
    const { connection } = await online(clock);
    await connection.facet('mischief')!.misbehave('slow', 200);
    const before = systemClock.now();
    await connection.facet('presence')!.setOwn(availablePresence);
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(190);
    expect(host!.health).toBe('well');
  });

  it('has a poltergeist crashes for a message as well, and the message counts as lost', async () => {
    const clock = new VirtualClock();
    const { connection, heard } = await online(clock);
    const target = { kind: 'contact', contact: face.normalise('poltergeist@testbed') } as const;
    const wish = { id: newId<MessageId>(), target, body: 'crash', at: clock.now(), disclosure: everythingTold };
    const sent = bounded('the end', connection.facet('messages')!.send(wish), 30_000);
    await expect(sent).rejects.toMatchObject({ code: 'protocol-crashed' });
    await comesBack(clock, heard);
  });

  it('dies while it is being put to rest does not keep anyone', async () => {
    const clock = new VirtualClock();
    const { connection } = await online(clock);
    const crash = connection.facet('mischief')!.misbehave('crash');
    const closing = connection[Symbol.asyncDispose]();
    await expect(crash).rejects.toMatchObject({ name: 'KithError' });
    await bounded('closing', closing, 20_000);
    expect(host!.health).toBe('asleep');
  });

  it('is not there is a crash like any other', async () => {
    const clock = new VirtualClock();
    host = workerHost({
      face,
      entry: '/nowhere/protocols/testbed.js',
      duties,
      clock,
      log: logTo((line) => lines.push(line)),
    });
    const connection = await host.open(openingOf(newId()));
    expect(connection.living.reason?.code).toBe('protocol-crashed');
    await until('the second crash', async () => {
      await clock.advance(1_000);
      return host!.health === 'given-up' || undefined;
    });
    expect(lines.some(({ text }) => text === 'A protocol threw where nobody caught it')).toBe(true);
  });
});
