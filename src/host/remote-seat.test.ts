import { describe, expect, it } from 'vitest';
import { KithError } from '../base/index.ts';
import { type ConnectionEvent, fold, newConnection, type Presence, snapshot } from '../domain/index.ts';
import { Heard } from '../../test/harness/heard.ts';
import { hostileHost, openingOf } from '../../test/harness/hostile-host.ts';
import { comeOnline, friend, scriptedProtocol } from '../../test/harness/scripted-protocol.ts';

const here: Presence = { availability: 'available', status: 'available', message: '' };
const away: Presence = { availability: 'away', status: 'away', message: 'Tea' };

describe('facts between the two halves', () => {
  it('are counted: what went missing is said loudly and healed by the whole state', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life, lines } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    const heard = Heard.from(connection);
    await connection.connect(here);
    await clock.settle();
    const { seat } = protocol.newest();
    life().passes = ({ type }) => type !== 'fact';
    seat.emit({ type: 'presences-changed', presences: [[friend, away]] });
    seat.emit({ type: 'self-changed', contact: seat.address, presence: here });
    await clock.settle();
    expect(connection.living.contacts.get(friend)?.presence.availability).toBe('available');
    life().passes = () => true;
    seat.emit({ type: 'status-changed', status: 'online' });
    await clock.settle();

    expect(lines.filter(({ level }) => level === 'error').map(({ text }) => text)).toEqual(['Facts went missing']);
    expect(connection.living.contacts.get(friend)?.presence).toEqual(away);
    expect(connection.living.self?.contact).toBe(seat.address);
    const folded = newConnection(connection.living.account);
    for (const event of heard.events) fold(folded, event);
    expect(snapshot(folded)).toEqual(connection.snapshot);

    const rest = heard.events.length;
    seat.emit({
      type: 'chat-state-changed',
      target: { kind: 'contact', contact: friend },
      from: friend,
      state: 'composing',
    });
    await clock.settle();
    expect(heard.events.length).toBe(rest + 1);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    await host[Symbol.asyncDispose]();
  });

  it('are acknowledged in the count of the life that said them', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    await connection.connect(here);
    await clock.settle();
    const before = connection.living.revision;
    connection.stored(before);
    await clock.settle();
    expect(protocol.newest().stored).toEqual([before]);

    life().crash();
    await clock.advance(1_000);
    connection.stored(before);
    await clock.settle();
    expect(protocol.newest().stored).toEqual([]);
    connection.stored(connection.living.revision);
    await clock.settle();
    expect(protocol.newest().stored).toEqual([4]);
    await host[Symbol.asyncDispose]();
  });

  it('cross in one batch a turn, however many', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    await clock.settle();
    const before = life().batches.length;
    const { seat } = protocol.newest();
    const fact: ConnectionEvent = { type: 'presences-changed', presences: [[friend, away]] };
    for (let count = 0; count < 10_000; count += 1) seat.emit(fact);
    await clock.settle();
    expect(life().batches.length - before).toBe(1);
    expect(connection.living.revision).toBe(10_000);
    await host[Symbol.asyncDispose]();
  });

  it('that cannot be cloned are the protocol’s fault and nobody else’s', async () => {
    const protocol = scriptedProtocol({
      facets: () => ({
        archive: { page: async () => ({ messages: [() => {}], complete: true }) as never, readThrough: async () => {} },
      }),
    });
    const { host, clock, lines } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    await connection.connect(here);
    await clock.settle();
    const { seat } = protocol.newest();
    seat.emit({ type: 'self-changed', contact: (() => {}) as never, presence: here });
    seat.emit({ type: 'self-changed', contact: seat.address, presence: away });
    await clock.settle();
    expect(connection.living.self?.presence).toEqual(away);
    expect(lines.some(({ level }) => level === 'error')).toBe(true);
    const page = connection.facet('archive')!.page({ kind: 'contact', contact: friend }, undefined, 1);
    await expect(page).rejects.toMatchObject({ code: 'internal' });
    await expect(connection.connect({ ...here, message: (() => {}) as never })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await host[Symbol.asyncDispose]();
  });
});

describe('accounts on one host', () => {
  it('start the protocol with the first and end it with the last', async () => {
    const protocol = scriptedProtocol();
    const { host, lives } = hostileHost(protocol);
    expect(host.health).toBe('asleep');
    const juliet = await host.open(openingOf('juliet'));
    const romeo = await host.open(openingOf('romeo'));
    expect(lives).toHaveLength(1);
    await juliet[Symbol.asyncDispose]();
    expect(host.health).toBe('well');
    await romeo[Symbol.asyncDispose]();
    expect(host.health).toBe('asleep');
    expect(lives[0]!.over).toBe(true);
    expect(protocol.opened.every(({ disposed }) => disposed)).toBe(true);
    await host[Symbol.asyncDispose]();
    await expect(host.open(openingOf('nurse'))).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('are opened once each, and a refusal of the protocol is passed on', async () => {
    const protocol = scriptedProtocol({
      open({ parameters }) {
        if (parameters['port'] === 'x') throw new TypeError('No such port');
      },
    });
    const { host } = hostileHost(protocol);
    await expect(host.open(openingOf('juliet', { parameters: { port: 'x' } }))).rejects.toMatchObject({
      code: 'internal',
    });
    expect(host.health).toBe('asleep');
    await host.open(openingOf('juliet'));
    await expect(host.open(openingOf('juliet'))).rejects.toMatchObject({ code: 'already-exists' });
    await host[Symbol.asyncDispose]();
  });

  it('hear answers to their own questions, and late answers hurt nobody', async () => {
    const answers: string[] = [];
    const protocol = scriptedProtocol({
      async connect(seat, _presence, signal) {
        answers.push(await seat.ask('password', { why: 'needed' }, signal));
        await comeOnline(seat);
      },
    });
    const resolves: ((password: string) => void)[] = [];
    const { host, clock } = hostileHost(protocol, {
      ask: () => new Promise((resolve) => resolves.push(resolve as (password: string) => void)),
    });
    const juliet = await host.open(openingOf('juliet'));
    const patience = new AbortController();
    const given = juliet.connect(here, patience.signal);
    await clock.settle();
    patience.abort();
    await expect(given).rejects.toMatchObject({ code: 'cancelled' });
    resolves[0]!('too late');
    const again = juliet.connect(here);
    await clock.settle();
    resolves[1]!('balcony');
    await again;
    expect(answers).toEqual(['balcony']);
    expect(juliet.living.status).toBe('online');
    await host[Symbol.asyncDispose]();
  });

  it('have one secret besides the password, which goes to the house and is asked for there', async () => {
    const protocol = scriptedProtocol();
    const kept = new Map<string, string | undefined>([['romeo', 'from before']]);
    const { host } = hostileHost(protocol, {
      readToken: async (account) => kept.get(account),
      keepToken: (account, token) => void kept.set(account, token),
    });
    const never = new AbortController().signal;
    for (const name of ['juliet', 'romeo']) await host.open(openingOf(name));
    const [juliet, romeo] = protocol.opened.map(({ seat }) => seat.token);
    await expect(juliet?.read(never)).resolves.toBeUndefined();
    await expect(romeo?.read(never)).resolves.toBe('from before');
    juliet?.keep('secret');
    romeo?.keep(undefined);
    await expect(juliet?.read(never)).resolves.toBe('secret');
    await expect(romeo?.read(never)).resolves.toBeUndefined();
    await host[Symbol.asyncDispose]();
  });

  it('hear why their secret cannot be read, and may stop waiting for it', async () => {
    const protocol = scriptedProtocol();
    const { host } = hostileHost(protocol, {
      readToken: async (account) => {
        if (account === 'romeo') return await new Promise<never>(() => {});
        throw new KithError('password-needed', 'Locked');
      },
    });
    for (const name of ['juliet', 'romeo']) await host.open(openingOf(name));
    const [juliet, romeo] = protocol.opened.map(({ seat }) => seat.token);
    const waiting = new AbortController();
    await expect(juliet?.read(waiting.signal)).rejects.toMatchObject({ code: 'password-needed', message: 'Locked' });
    const late = romeo?.read(waiting.signal);
    waiting.abort();
    await expect(late).rejects.toMatchObject({ code: 'cancelled' });
    await host[Symbol.asyncDispose]();
  });

  it('hear the rest when the house cannot remember, for instance on a full disk', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, lines } = hostileHost(protocol, {
      remember() {
        throw new TypeError('No space left');
      },
    });
    const juliet = await host.open(openingOf('juliet'));
    const { memory, emit } = protocol.newest().seat;
    memory.set('version', '7');
    emit({ type: 'roster-received' });
    await clock.settle();
    expect(juliet.living.rosterKnown).toBe(true);
    expect(lines.filter(({ level }) => level === 'error').map(({ fields }) => fields?.['error'])).toEqual([
      'No space left',
    ]);
    await host[Symbol.asyncDispose]();
  });

  it('remember what their protocol asks to be remembered, before later facts', async () => {
    const order: string[] = [];
    const protocol = scriptedProtocol();
    const { host, clock } = hostileHost(protocol, {
      remember: (_account, key, value) => order.push(`${key}=${value}`),
    });
    const juliet = await host.open(openingOf('juliet', { memory: [['kept', '1']] }));
    const hearing = juliet.onDidHappen(({ event }) => order.push(event.type));
    const { memory, emit } = protocol.newest().seat;
    memory.set('kept', '1');
    memory.set('version', '7');
    emit({ type: 'roster-received' });
    memory.set('version', undefined);
    await clock.settle();
    expect(order).toEqual(['version=7', 'roster-received', 'version=undefined']);
    expect(memory.get('version')).toBeUndefined();
    hearing[Symbol.dispose]();
    await host[Symbol.asyncDispose]();
  });
});
