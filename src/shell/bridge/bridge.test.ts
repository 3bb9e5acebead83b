/** Both ends of the bridge over one road. */
import { describe, expect, it } from 'vitest';
import { fakeHouse, type FakeHouse } from '../../../test/harness/fake-house.ts';
import { bounded } from '../../../test/harness/waiting.ts';
import { KithError, logTo, silentLog, type Log, type LogLine } from '../../base/index.ts';
import type { BridgeVerb, HouseChange } from '../../contracts/index.ts';
import type { AccountId, QuestionId } from '../../domain/index.ts';
import { backlogBound, bridgeOver, portPair, serveBridge, type AskingEnd, type Port } from './index.ts';
import { readAsking, schemas } from './schemas.ts';

function bridge(house: FakeHouse = fakeHouse(), log: Log = silentLog): { asking: AskingEnd; near: Port; far: Port } {
  const [far, near] = portPair();
  serveBridge(near, house, log);
  return { asking: bridgeOver(far, silentLog), near, far };
}

describe('the bridge', () => {
  it('carries a question there and an answer back', async () => {
    const { asking } = bridge(fakeHouse({ 'link.open': () => ({ contact: 'amy@x' as never, action: 'message' }) }));
    expect(await asking.ask('link.open', { uri: 'xmpp:amy@x' })).toEqual({ contact: 'amy@x', action: 'message' });
  });

  it('tells nothing before the join, and afterwards only what the snapshot did not hold', async () => {
    const house = fakeHouse();
    const { asking } = bridge(house);
    const heard: HouseChange[] = [];
    const listening = asking.onDidHear((change) => heard.push(change));
    house.tell({ type: 'accounts-changed', changed: [], removed: [] });
    const { revision } = await asking.ask('house.join', {});
    expect(revision).toBe(1);
    house.tell({ type: 'accounts-changed', changed: [], removed: [] });
    await asking.ask('account.connect', { account: 'a' as AccountId });
    expect(heard.map((change) => change.revision)).toEqual([2]);
    listening[Symbol.dispose]();
  });

  it('carries errors as a code and a sentence, never with a stack', async () => {
    const [far, near] = portPair();
    const house = fakeHouse({
      'link.open': () => {
        throw new KithError('invalid-argument', 'That is no link', { cause: new Error('inside') });
      },
    });
    serveBridge(near, house, silentLog);
    const answer = new Promise((resolve) => far.onDidReceive(resolve));
    far.send({ id: 7, verb: 'link.open', with: { uri: 'x' } });
    expect(await bounded('the answer', answer)).toEqual({
      id: 7,
      error: { code: 'invalid-argument', message: 'That is no link' },
    });
  });

  it('says nothing of what it did not foresee, and logs it', async () => {
    const lines: LogLine[] = [];
    const house = fakeHouse({
      'link.open': () => {
        throw new TypeError('secret detail');
      },
    });
    const { asking } = bridge(
      house,
      logTo((line) => lines.push(line)),
    );
    const error = await asking.ask('link.open', { uri: 'x' }).catch((thrown: unknown) => thrown as KithError);
    expect(error).toMatchObject({ code: 'internal' });
    expect((error as KithError).message).not.toContain('secret detail');
    expect(lines.some(({ level }) => level === 'error')).toBe(true);
  });

  it('never repeats what was asked, in an error or in the log', async () => {
    const lines: LogLine[] = [];
    const house = fakeHouse({
      'question.answer': () => {
        throw new KithError('not-found', 'That question is closed');
      },
    });
    const { asking } = bridge(
      house,
      logTo((line) => lines.push(line)),
    );
    const answers = [
      asking.ask('question.answer', { question: 'q' as QuestionId, answer: 'hunter2' }),
      asking.ask('question.answer', { question: 'q', answer: { hunter2: true } } as never),
      asking.ask('hunter2' as BridgeVerb, {} as never),
    ];
    const told = await Promise.all(answers.map((answer) => answer.catch((error: KithError) => error.message)));
    expect(JSON.stringify([told, lines])).not.toContain('hunter2');
  });

  it('rejects what is open when the road ends, and what is asked later', async () => {
    const { asking, near } = bridge(fakeHouse({ 'link.open': () => new Promise(() => {}) }));
    const asked = asking.ask('link.open', { uri: 'x' }).catch((error: KithError) => error.code);
    await asking.ask('account.connect', { account: 'a' as AccountId });
    near.close();
    expect(await asked).toBe('cancelled');
    await expect(asking.ask('house.join', {})).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('cuts off a reader that lets too much pile up', async () => {
    const house = fakeHouse();
    const [far, near] = portPair();
    const slow: Port = { ...near, backlog: 0 };
    serveBridge(slow, house, silentLog);
    const asking = bridgeOver(far, silentLog);
    await asking.ask('house.join', {});
    const closed = new Promise<void>((resolve) => far.onDidClose(resolve));
    Object.assign(slow, { backlog: backlogBound + 1 });
    house.tell({ type: 'accounts-changed', changed: [], removed: [] });
    await bounded('the end', closed);
    expect(house.listened).toBe(false);
  });

  it('ends when it is disposed, and lets go of the house', async () => {
    const house = fakeHouse();
    const [far, near] = portPair();
    const serving = serveBridge(near, house, silentLog);
    const closed = new Promise<void>((resolve) => far.onDidClose(resolve));
    serving[Symbol.dispose]();
    serving[Symbol.dispose]();
    await bounded('the end', closed);
    expect(house.listened).toBe(false);
  });
});

describe('what arrives from outside', () => {
  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['an answer', { id: 1, value: 2 }],
    ['a question without a number', { verb: 'house.join', with: {} }],
    ['a question with half a number', { id: 0.5, verb: 'house.join', with: {} }],
  ])('as %s is no question', (_what, value) => {
    expect(readAsking(value)).toBeUndefined();
  });

  it.each([
    ['constructor', {}],
    ['__proto__', {}],
    ['house.join', { more: true }],
    ['account.remove', {}],
    ['account.add', { protocol: 'xmpp', address: 'x'.repeat(4000) }],
    ['message.send', { account: 'a', target: { kind: 'contact', contact: 'b' }, body: '' }],
    ['message.send', { account: 'a', target: { kind: 'elsewhere' }, body: 'x' }],
    ['history.page', { conversation: 'c', limit: 100_000 }],
    ['presence.set', { availability: 'dancing', message: '' }],
    ['secrets.choose', { mode: 'cloud' }],
    ['settings.set', { theme: 'pink' }],
  ])('as %s with %j is refused', (verb, given) => {
    expect(readAsking({ id: 1, verb, with: given })).toHaveProperty('wrong');
  });

  it('is checked for every question there is', () => {
    expect(Object.keys(schemas).length).toBeGreaterThan(25);
    expect(
      readAsking({
        id: 3,
        verb: 'message.send',
        with: { account: 'a', target: { kind: 'contact', contact: 'b' }, body: 'Hi' },
      }),
    ).toEqual({
      id: 3,
      verb: 'message.send',
      input: { account: 'a', target: { kind: 'contact', contact: 'b' }, body: 'Hi' },
    });
  });
});
