import { describe, expect, it } from 'vitest';
import type { Disposable } from '../base/index.ts';
import type { FromProtocol, ToProtocol } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';
import { openingOf } from '../../test/harness/hostile-host.ts';
import { comeOnline, friend, scriptedProtocol, type ScriptedProtocol } from '../../test/harness/scripted-protocol.ts';
import { VirtualClock } from '../../test/harness/virtual-clock.ts';
import { loopback, type Port } from './port.ts';
import { SeatTable } from './seat-table.ts';

const account = 'juliet' as AccountId;
const here = { availability: 'available', status: 'available', message: '' } as const;

interface Table {
  readonly port: Port<ToProtocol, FromProtocol>;
  readonly said: FromProtocol[];
  readonly table: SeatTable;
  readonly listening: Disposable;
  tell(...messages: ToProtocol[]): Promise<void>;
}

function tableFor(protocol: ScriptedProtocol): Table {
  const [port, inside] = loopback<ToProtocol, FromProtocol>((error) => {
    throw error;
  });
  const said: FromProtocol[] = [];
  const listening = port.onDidArrive((batch) => said.push(...batch));
  return {
    port,
    said,
    table: new SeatTable(protocol, inside),
    listening,
    async tell(...messages) {
      port.post(messages);
      await new VirtualClock().settle();
    },
  };
}

describe('the worker half', () => {
  it('answers every asking once, under its number', async () => {
    const { tell, said } = tableFor(scriptedProtocol());
    await tell(
      { type: 'ping', seq: 1 },
      { type: 'connect', seq: 2, account, presence: here },
      { type: 'open', seq: 3, opening: openingOf('juliet') },
      { type: 'open', seq: 4, opening: openingOf('juliet') },
      { type: 'disconnect', seq: 5, account },
      { type: 'call', seq: 6, account, call: { facet: 'constructor', verb: 'name', args: [] } as never },
      { type: 'resync', seq: 7, account },
      { type: 'close', seq: 8, account },
    );
    await tell({ type: 'resync', seq: 9, account });
    const answers = said.flatMap((message) => ('seq' in message ? [[message.seq, message.type]] : []));
    expect(answers.toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
      [1, 'pong'],
      [2, 'failed'],
      [3, 'opened'],
      [4, 'failed'],
      [5, 'done'],
      [6, 'failed'],
      [7, 'opened'],
      [8, 'done'],
      [9, 'failed'],
    ]);
    const codes = said.flatMap((message) => (message.type === 'failed' ? [message.error.code] : []));
    expect(codes.toSorted()).toEqual(['already-exists', 'not-found', 'not-found', 'not-supported']);
  });

  it('is deaf to a protocol that goes on talking after it was closed', async () => {
    const protocol = scriptedProtocol();
    const { tell, said } = tableFor(protocol);
    await tell({ type: 'open', seq: 1, opening: openingOf('juliet') });
    const { emit } = protocol.newest().seat;
    expect(emit({ type: 'roster-received' })).toBe(1);
    await tell({ type: 'close', seq: 2, account });
    const before = said.length;
    expect(emit({ type: 'roster-received' })).toBe(1);
    await tell();
    expect(said.length).toBe(before);
  });

  it('seats an account anew whose last seat never finishes closing', async () => {
    const protocol = scriptedProtocol({ dispose: () => new Promise(() => {}) });
    const { tell, said } = tableFor(protocol);
    await tell({ type: 'open', seq: 1, opening: openingOf('juliet') }, { type: 'close', seq: 2, account });
    const { emit } = protocol.newest().seat;
    emit({ type: 'roster-received' });
    await tell({ type: 'open', seq: 3, opening: openingOf('juliet') });
    emit({ type: 'roster-received' });
    protocol.newest().seat.emit({ type: 'roster-received' });
    await tell();
    const facts = said.flatMap((message) => (message.type === 'fact' ? [message.revision] : []));
    expect(said.filter(({ type }) => type === 'opened')).toHaveLength(2);
    expect(facts).toEqual([1, 1]);
  });

  it('counts and folds what is said, so that a later snapshot agrees with the facts', async () => {
    const protocol = scriptedProtocol({ connect: comeOnline });
    const { tell, said } = tableFor(protocol);
    await tell(
      { type: 'open', seq: 1, opening: openingOf('juliet') },
      { type: 'connect', seq: 2, account, presence: here },
      { type: 'resync', seq: 3, account },
    );
    await tell({ type: 'resync', seq: 4, account });
    const revisions = said.flatMap((message) => (message.type === 'fact' ? [message.revision] : []));
    expect(revisions).toEqual([1, 2, 3, 4]);
    const state = said.findLast((message) => message.type === 'opened');
    expect(state?.snapshot).toMatchObject({ revision: 4, status: 'online', rosterKnown: true });
    expect(state?.snapshot?.contacts.map(({ id }) => id)).toEqual([friend]);
  });

  it('aborts an attempt when it is cancelled, also after it has begun, and only the newest', async () => {
    const protocol = scriptedProtocol({ connect: async () => {} });
    const { tell } = tableFor(protocol);
    await tell(
      { type: 'open', seq: 1, opening: openingOf('juliet') },
      { type: 'connect', seq: 2, account, presence: here },
      { type: 'connect', seq: 3, account, presence: here },
    );
    await tell({ type: 'cancel', seq: 2 });
    await tell({ type: 'cancel', seq: 3 });
    await tell({ type: 'cancel', seq: 99 });
    expect(protocol.newest().connects.map(({ signal }) => signal.aborted)).toEqual([false, true]);
  });

  it('closes every seat when it is put away, even if one of them objects', async () => {
    let objections = 0;
    const protocol = scriptedProtocol({
      dispose: async () => {
        objections += 1;
        throw new TypeError('Never');
      },
    });
    const { tell, table } = tableFor(protocol);
    await tell(
      { type: 'open', seq: 1, opening: openingOf('juliet') },
      { type: 'open', seq: 2, opening: openingOf('romeo') },
    );
    await table[Symbol.asyncDispose]();
    expect(objections).toBe(2);
  });
});
