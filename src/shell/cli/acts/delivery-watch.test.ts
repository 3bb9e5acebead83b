/** What `kith send` concludes, on a clock that moves only when told. */
import { describe, expect, it } from 'vitest';
import { fakeHouse, type FakeHouse } from '../../../../test/harness/fake-house.ts';
import { VirtualClock } from '../../../../test/harness/virtual-clock.ts';
import type { HouseSnapshot } from '../../../contracts/index.ts';
import {
  availablePresence,
  offlinePresence,
  type Account,
  type AccountId,
  type ConnectionEvent,
  type ContactId,
  type DeliveryState,
  type Message,
  type MessageId,
  type ProtocolId,
  type Question,
  type QuestionId,
} from '../../../domain/index.ts';
import type { Terminal } from '../../terminal.ts';
import type { Sight } from '../sight.ts';
import { type DeliveryWatch, watchDelivery, type Outcome } from './delivery-watch.ts';

const own = 'own' as AccountId;
const amy: Account = {
  id: own,
  protocol: 'xmpp' as ProtocolId,
  address: 'amy@kith.test',
  name: '',
  parameters: {},
  enabled: true,
  requested: availablePresence,
};
const message: Message = {
  id: 'm' as MessageId,
  account: own,
  target: { kind: 'contact', contact: 'bob@kith.test' as ContactId },
  direction: 'outgoing',
  from: 'amy@kith.test' as ContactId,
  body: 'Hello',
  at: 0,
  delivery: { state: 'queued', at: 0 },
};
const password: Question = {
  id: 'q' as QuestionId,
  account: own,
  asked: 0,
  kind: 'password',
  question: { why: 'needed' },
};

interface Watched {
  readonly house: FakeHouse;
  readonly clock: VirtualClock;
  readonly outcome: Promise<Outcome>;
  readonly watched: DeliveryWatch;
}

function watch(known: Partial<HouseSnapshot> = {}, running = false, typed?: string): Watched {
  const house = fakeHouse({}, { accounts: [amy], ...known });
  const terminal: Terminal = {
    env: {},
    home: '',
    interactive: typed !== undefined,
    say() {},
    remark() {},
    readAll: async () => '',
    readHidden: async () => typed ?? '',
  };
  const sight: Sight = {
    running,
    ask: house.ask,
    join: async () => house.snapshot(),
    onDidHear: house.onDidChange,
    async [Symbol.asyncDispose]() {},
  };
  const clock = new VirtualClock();
  const watched = watchDelivery(sight, house.snapshot(), terminal);
  return { house, clock, outcome: watched.settled(message, clock), watched };
}

const delivered = (house: FakeHouse, state: DeliveryState): void =>
  house.tell({ type: 'messages-changed', changed: [{ ...message, delivery: { state, at: 1 } }], removed: [] });
const says = (house: FakeHouse, event: ConnectionEvent): void =>
  house.tell({ type: 'connection-changed', account: own, event });
const offline = (house: FakeHouse, code: 'network' | 'authentication-failed'): void =>
  says(house, { type: 'status-changed', status: 'offline', reason: { code, text: 'So it is' } });

describe('a message', () => {
  it.each(['sent', 'delivered', 'read'] as const)('that is %s has arrived', async (state) => {
    const { house, outcome } = watch();
    delivered(house, 'sending');
    delivered(house, state);
    expect(await outcome).toEqual({ delivery: { state, at: 1 } });
  });

  it.each([
    ['failed', 'server-refused'],
    ['unconfirmed', 'not-confirmed'],
  ] as const)('that is %s ends with %s', async (state, code) => {
    const { house, outcome } = watch();
    delivered(house, state);
    expect((await outcome).error).toMatchObject({ code });
  });

  it('that nobody took within thirty seconds stays queued', async () => {
    const { house, clock, outcome } = watch();
    offline(house, 'network');
    await clock.advance(29_999);
    await clock.advance(1);
    const { error } = await outcome;
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error?.message).toContain('stays queued');
  });

  it('that somebody calls off meanwhile is not said to wait', async () => {
    const { house, outcome } = watch();
    house.tell({ type: 'messages-changed', changed: [], removed: [message.id] });
    expect((await outcome).error).toMatchObject({ code: 'cancelled' });
  });

  it('that was written and not confirmed within thirty seconds may or may not have arrived', async () => {
    const { house, clock, outcome } = watch();
    delivered(house, 'sending');
    await clock.advance(30_000);
    expect((await outcome).error).toMatchObject({ code: 'not-confirmed' });
  });

  it('does not wait where only a person can help', async () => {
    const { house, outcome } = watch();
    offline(house, 'authentication-failed');
    expect((await outcome).error).toMatchObject({ code: 'authentication-failed' });
  });

  it.each([
    ['is set to offline', { ...amy, requested: offlinePresence }],
    ['is not in use', { ...amy, enabled: false }],
  ])('of an account that %s is not waited for', async (_what, account) => {
    const { outcome } = watch({ accounts: [account] });
    expect((await outcome).error).toMatchObject({ code: 'not-online' });
  });

  it('waits for the window of a running Kith to be answered', async () => {
    const { house, outcome } = watch({}, true);
    house.tell({ type: 'questions-changed', open: [password] });
    delivered(house, 'sent');
    expect((await outcome).error).toBeUndefined();
  });
});

it('a certificate nobody trusts is answered with what to do on the command line', async () => {
  const certificate = { id: 'c', account: own, asked: 0, kind: 'certificate', question: {} } as unknown as Question;
  const { house, outcome } = watch();
  house.tell({ type: 'questions-changed', open: [certificate] });
  const { error } = await outcome;
  expect(error?.code).toBe('certificate');
  expect(error?.message).toContain('kith account set amy@kith.test --set ca=FILE');
  expect(error?.message).not.toContain('window');
});

describe('a password that is asked for', () => {
  it('is typed at the terminal', async () => {
    const { house, outcome } = watch({}, false, 'hunter2');
    house.tell({ type: 'questions-changed', open: [password] });
    house.tell({ type: 'questions-changed', open: [password] });
    await Promise.resolve();
    expect(house.asked).toEqual([{ verb: 'question.answer', input: { question: 'q', answer: 'hunter2' } }]);
    delivered(house, 'sent');
    expect((await outcome).error).toBeUndefined();
  });

  it('where nobody types ends the wait', async () => {
    const { house, outcome } = watch();
    house.tell({ type: 'questions-changed', open: [password] });
    expect((await outcome).error).toMatchObject({ code: 'password-needed' });
  });
});

describe('a file', () => {
  it('is waited for as long as it moves', async () => {
    const { house, clock, outcome } = watch();
    for (const moved of [1, 2, 3]) {
      await clock.advance(29_999);
      says(house, { type: 'transfer-changed', message: message.id, progress: { moved } });
    }
    await clock.advance(29_999);
    delivered(house, 'sent');
    expect((await outcome).error).toBeUndefined();
  });

  it('that does not move any more is not', async () => {
    const { house, clock, outcome } = watch();
    await clock.advance(29_999);
    says(house, { type: 'transfer-changed', message: message.id, progress: { moved: 1 } });
    await clock.advance(30_000);
    expect((await outcome).error).toMatchObject({ code: 'timeout' });
  });
});

describe('what a server takes of files', () => {
  it('is known when it says so', async () => {
    const { house, clock, outcome, watched } = watch();
    delivered(house, 'sent');
    await outcome;
    const offer = watched.offer(own, clock);
    says(house, { type: 'files-offered', offer: { takes: true, largest: 5 } });
    expect(await offer).toEqual({ takes: true, largest: 5 });
    expect(await watched.offer(own, clock)).toEqual({ takes: true, largest: 5 });
  });

  it('is not known of one that does not say, nor where only a person can help', async () => {
    const { house, clock, outcome, watched } = watch();
    delivered(house, 'sent');
    await outcome;
    const silent = watched.offer(own, clock);
    await clock.advance(30_000);
    expect(await silent).toBeUndefined();
    offline(house, 'authentication-failed');
    expect(await watched.offer(own, clock)).toBeUndefined();
  });
});
