import { describe, expect, it } from 'vitest';
import type { Presence } from '../domain/index.ts';
import type { Health } from '../contracts/index.ts';
import { Heard } from '../../test/harness/heard.ts';
import { hostileHost, openingOf } from '../../test/harness/hostile-host.ts';
import { friend, scriptedProtocol } from '../../test/harness/scripted-protocol.ts';

const here: Presence = { availability: 'available', status: 'available', message: '' };
const away: Presence = { availability: 'away', status: 'away', message: 'Tea' };
const never = (): Promise<never> => new Promise(() => {});

describe('a protocol that crashes', () => {
  it('leaves everyone unknown, fails what was pending, and comes back by itself where it was', async () => {
    const protocol = scriptedProtocol({
      facets: () => ({ presence: { setOwn: async () => {} }, messages: { send: never } }),
    });
    const { host, clock, life } = hostileHost(protocol);
    const healths: Health[] = [];
    const watching = host.onDidChangeHealth((health) => healths.push(health));
    const connection = await host.open(openingOf('juliet'));
    const heard = Heard.from(connection);
    await connection.connect(here);
    await clock.settle();
    await connection.facet('presence')!.setOwn(away);
    expect(connection.living.contacts.get(friend)?.presence.availability).toBe('available');
    const pending = connection.facet('messages')!.send({} as never);

    life().crash();
    await expect(pending).rejects.toMatchObject({ code: 'protocol-crashed' });
    expect(host.health).toBe('crashed');
    expect(heard.events.at(-1)).toMatchObject({ status: 'offline', reason: { code: 'protocol-crashed' } });
    expect(connection.living.contacts.get(friend)?.presence.availability).toBe('unknown');
    await expect(connection.facet('messages')!.send({} as never)).rejects.toMatchObject({ code: 'protocol-crashed' });

    await clock.advance(1_000);
    expect(healths).toEqual(['starting', 'well', 'crashed', 'starting', 'well']);
    expect(connection.living.status).toBe('online');
    expect(protocol.newest().connects.map(({ presence }) => presence)).toEqual([away]);
    expect(heard.revisions).toEqual(heard.events.map((_event, index) => index + 1));
    watching[Symbol.dispose]();
    await host[Symbol.asyncDispose]();
    expect(clock.pending).toBe(0);
  });

  it('is reopened with the newest memory, and not connected when nobody wanted that', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life } = hostileHost(protocol, {
      opening: (account) => openingOf(account, { memory: [['roster', 'v2']] }),
    });
    const connection = await host.open(openingOf('juliet'));
    life().crash();
    await clock.advance(1_000);
    expect(protocol.opened).toHaveLength(2);
    expect(protocol.newest().seat.memory.get('roster')).toBe('v2');
    expect(protocol.newest().connects).toEqual([]);
    expect(connection.living.reason?.code).toBe('protocol-crashed');
    await host[Symbol.asyncDispose]();
  });

  it('is given up at the third crash within five minutes, until a person says otherwise', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life, lives } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    await connection.connect(here);
    life().crash();
    await clock.advance(1_000);
    life().crash();
    await clock.advance(4_999);
    expect(host.health).toBe('crashed');
    await clock.advance(1);
    expect(host.health).toBe('well');
    life().crash();
    expect(host.health).toBe('given-up');
    await clock.advance(3_600_000);
    expect(lives).toHaveLength(3);
    const late = await host.open(openingOf('romeo'));
    expect(late.living.reason?.code).toBe('protocol-crashed');
    expect(late.facets.size).toBe(0);

    host.startAgain();
    await clock.settle();
    expect(host.health).toBe('well');
    expect(connection.living.status).toBe('online');
    host.startAgain();
    expect(lives).toHaveLength(4);
    await host[Symbol.asyncDispose]();
  });

  it('keeps a wish to connect that was made while it was down, unless it is taken back', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life } = hostileHost(protocol);
    const [juliet, romeo, nurse] = await Promise.all(
      ['juliet', 'romeo', 'nurse'].map((name) => host.open(openingOf(name))),
    );
    life().crash();
    const patience = new AbortController();
    await juliet!.connect(away);
    await romeo!.connect(here, patience.signal);
    await nurse!.connect(here);
    await nurse!.disconnect();
    patience.abort();
    await clock.advance(1_000);
    expect(juliet!.living.status).toBe('online');
    expect(romeo!.living.status).toBe('offline');
    expect(nurse!.living.status).toBe('offline');
    await host[Symbol.asyncDispose]();
  });

  it('does not fail a connect it died over: the wish is kept', async () => {
    const protocol = scriptedProtocol({ connect: never });
    const { host, clock, life } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    const begun = connection.connect(here);
    await clock.settle();
    life().crash();
    await begun;
    await clock.advance(1_000);
    expect(protocol.newest().connects).toHaveLength(1);
    expect(protocol.opened).toHaveLength(2);
    await host[Symbol.asyncDispose]();
  });

  it('resolves an opening it died over: the connection is seated at the next start', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life, lives } = hostileHost(protocol);
    const opening = host.open(openingOf('juliet'));
    life().hang();
    life().crash();
    const connection = await opening;
    expect(connection.living.reason?.code).toBe('protocol-crashed');
    await connection.connect(here);
    await clock.advance(1_000);
    expect(lives).toHaveLength(2);
    expect(connection.living.status).toBe('online');
    await host[Symbol.asyncDispose]();
  });

  it('withdraws the questions it had asked', async () => {
    let signal: { aborted: boolean } | undefined;
    const protocol = scriptedProtocol({
      connect: async (seat, _presence, attempt) => {
        void seat.ask('password', { why: 'needed' }, attempt).catch(() => {});
      },
    });
    const { host, clock, life } = hostileHost(protocol, {
      ask: (_account, _kind, _question, wanted) => ((signal = wanted), never()),
    });
    const connection = await host.open(openingOf('juliet'));
    await connection.connect(here);
    await clock.settle();
    expect(signal?.aborted).toBe(false);
    life().crash();
    expect(signal?.aborted).toBe(true);
    await host[Symbol.asyncDispose]();
  });

  it('may be closed while it is down, and then stays asleep', async () => {
    const { host, clock, life, lives } = hostileHost(scriptedProtocol());
    const connection = await host.open(openingOf('juliet'));
    life().crash();
    await connection[Symbol.asyncDispose]();
    expect(host.health).toBe('asleep');
    await clock.advance(60_000);
    expect(lives).toHaveLength(1);
    await host[Symbol.asyncDispose]();
  });

  it('cannot even start: that is a crash like any other', async () => {
    const protocol = scriptedProtocol();
    const { host, clock } = hostileHost(protocol, {}, () => {
      throw new TypeError('No such file');
    });
    const connection = await host.open(openingOf('juliet'));
    expect(host.health).toBe('crashed');
    expect(connection.living.reason?.code).toBe('protocol-crashed');
    await clock.advance(6_000);
    expect(host.health).toBe('given-up');
    await host[Symbol.asyncDispose]();
  });

  it('never says it is ready: that is a crash after half a minute', async () => {
    const protocol = scriptedProtocol();
    const { host, clock, life } = hostileHost(protocol);
    const opening = host.open(openingOf('juliet'));
    life().hang();
    await clock.advance(29_999);
    expect(host.health).toBe('starting');
    await clock.advance(1);
    expect(host.health).toBe('crashed');
    await opening;
    await host[Symbol.asyncDispose]();
  });
});

describe('a protocol that hangs', () => {
  it('is unresponsive five seconds after the first unanswered ping, and ended ten seconds later', async () => {
    const { host, clock, life } = hostileHost(scriptedProtocol());
    await host.open(openingOf('juliet'));
    const first = life();
    first.hang();
    await clock.advance(9_999);
    expect(host.health).toBe('well');
    await clock.advance(1);
    expect(host.health).toBe('unresponsive');
    await clock.advance(9_999);
    expect(first.over).toBe(false);
    await clock.advance(1);
    expect(first.over).toBe(true);
    expect(host.health).toBe('crashed');
    await clock.advance(1_000);
    expect(host.health).toBe('well');
    expect(life()).not.toBe(first);
    await host[Symbol.asyncDispose]();
  });

  it('is well again when it answers in time', async () => {
    const { host, clock, life } = hostileHost(scriptedProtocol());
    await host.open(openingOf('juliet'));
    life().hang();
    await clock.advance(11_000);
    expect(host.health).toBe('unresponsive');
    life().passes = () => true;
    await clock.advance(5_000);
    expect(host.health).toBe('well');
    await clock.advance(60_000);
    expect(host.health).toBe('well');
    await host[Symbol.asyncDispose]();
  });

  it('has an account that closes slowly opened anew when it has closed, or was given up', async () => {
    let disposing = never;
    const protocol = scriptedProtocol({ dispose: () => disposing() });
    const { host, clock } = hostileHost(protocol);
    await host.open(openingOf('romeo'));
    const first = await host.open(openingOf('juliet'));
    void first[Symbol.asyncDispose]();
    const again = host.open(openingOf('juliet'));
    await clock.advance(9_999);
    expect(protocol.opened).toHaveLength(2);
    await clock.advance(1);
    const second = await again;
    await second.connect(here);
    await clock.settle();
    expect(second.living.status).toBe('online');
    disposing = (async () => {}) as typeof never;
    await host[Symbol.asyncDispose]();
  });

  it('does not keep an account from closing', async () => {
    const { host, clock, life } = hostileHost(scriptedProtocol({ dispose: never }));
    const connection = await host.open(openingOf('juliet'));
    const closing = connection[Symbol.asyncDispose]();
    await clock.advance(9_999);
    expect(host.health).toBe('well');
    life().hang();
    await clock.advance(1);
    expect(host.health).toBe('asleep');
    void closing;
  });
});

describe('a protocol that is slow', () => {
  it('is waited for: a call may take as long as it takes while pings are answered', async () => {
    let finish = () => {};
    const protocol = scriptedProtocol({
      facets: () => ({ presence: { setOwn: () => new Promise((resolve) => (finish = resolve)) } }),
    });
    const { host, clock } = hostileHost(protocol);
    const connection = await host.open(openingOf('juliet'));
    let done = false;
    const call = connection.facet('presence')!.setOwn(away);
    const told = call.then(() => (done = true));
    await clock.advance(120_000);
    expect(host.health).toBe('well');
    expect(done).toBe(false);
    finish();
    await told;
    await host[Symbol.asyncDispose]();
  });
});
