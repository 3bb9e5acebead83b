import { afterEach, describe, expect, it } from 'vitest';
import { asKithError } from '../base/index.ts';
import type { AccountId, ProtocolId } from '../domain/index.ts';
import { type CoreRig, coreRig, FakeSecrets } from '../../test/harness/core-rig.ts';
import type { FakeConnection } from '../../test/harness/fake-host.ts';
import { MemoryStore } from '../../test/harness/memory-store.ts';

let rig: CoreRig;
afterEach(() => rig.close());

/** An account whose password nobody knows yet. */
async function without(): Promise<{ id: AccountId; connection: FakeConnection }> {
  const id = await rig.house.ask('account.add', { protocol: 'fake' as ProtocolId, address: 'me@home' });
  await rig.settle();
  return { id, connection: rig.connection(id) };
}
const question = () => rig.house.snapshot().questions[0]!;

describe('a protocol that needs the password', () => {
  it('is given the one that is kept', async () => {
    rig = await coreRig();
    const { connection } = await rig.account();
    await expect(connection.askPassword()).resolves.toBe('hunter2-kept');
    expect(rig.house.snapshot().questions).toEqual([]);
  });

  it('makes a question for the person when none is kept; the answer is kept from then on', async () => {
    rig = await coreRig();
    const { id, connection } = await without();
    const asked = connection.askPassword();
    await rig.settle();
    expect(question()).toMatchObject({ kind: 'password', account: id, question: { why: 'needed' } });
    expect(rig.events('questions-changed').at(-1)?.open).toHaveLength(1);
    await rig.house.ask('question.answer', { question: question().id, answer: 'given' });
    await expect(asked).resolves.toBe('given');
    expect(rig.secrets.kept.get(id)).toBe('given');
    await rig.settle();
    expect(rig.events('questions-changed').at(-1)?.open).toEqual([]);
    await expect(connection.askPassword()).resolves.toBe('given');
  });

  it('is told that nobody is there, and what to do, when the house has no person', async () => {
    rig = await coreRig({}, { secrets: new FakeSecrets('memory') });
    const { connection } = await without();
    await expect(connection.askPassword()).rejects.toMatchObject({
      code: 'password-needed',
      message: expect.stringMatching(/me@home.*kith account set me@home/),
    });
    expect(rig.house.snapshot().questions).toEqual([]);
  });

  it('is not given the kept one again after that was refused', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    const asked = connection.askPassword('refused');
    await rig.settle();
    expect(question()).toMatchObject({ question: { why: 'refused' } });
    expect(rig.secrets.kept.get(id)).toBe('hunter2-kept');
    await rig.house.ask('question.answer', { question: question().id, answer: 'better' });
    await expect(asked).resolves.toBe('better');
    expect(rig.secrets.kept.get(id)).toBe('better');
  });

  it('may stop needing it', async () => {
    rig = await coreRig();
    const { connection } = await without();
    const needed = new AbortController();
    const asked = connection.askPassword('needed', needed.signal);
    await rig.settle();
    const { id } = question();
    needed.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    expect(rig.house.snapshot().questions).toEqual([]);
    await expect(rig.house.ask('question.answer', { question: id, answer: 'late' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('gets the one that was set on the account while the question was open', async () => {
    rig = await coreRig();
    const { id, connection } = await without();
    const asked = connection.askPassword();
    await rig.settle();
    await rig.house.ask('account.set', { account: id, password: 'set' });
    await expect(asked).resolves.toBe('set');
    expect(rig.house.snapshot().questions).toEqual([]);
  });

  it('is told that it is over when the house ends', async () => {
    rig = await coreRig();
    const { connection } = await without();
    const outcome = connection.askPassword().then(
      () => 'answered',
      (error: unknown) => asKithError(error).code,
    );
    await rig.settle();
    await rig.close();
    await expect(outcome).resolves.toBe('cancelled');
  });
});

describe('an answer', () => {
  it('that answers nothing leaves the question open', async () => {
    rig = await coreRig();
    const { id, connection } = await without();
    const { duties } = rig.host();
    const never = new AbortController();
    const certificate = duties.ask(id, 'certificate', { domain: 'home' } as never, never.signal);
    void connection.askPassword('needed', never.signal).catch(() => {});
    await rig.settle();
    const [first, second] = rig.house.snapshot().questions;
    const answer = (given: string, to = first!) => rig.house.ask('question.answer', { question: to.id, answer: given });
    await expect(answer('maybe')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(answer('', second!)).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(rig.house.snapshot().questions).toHaveLength(2);
    await answer('until-changed');
    await expect(certificate).resolves.toBe('until-changed');
  });
});

describe('a refused password', () => {
  it('is never tried again by itself, not even by the next start', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets();
    const before = await coreRig({}, { store, secrets });
    const { id, connection } = await before.account();
    connection.goesOffline('authentication-failed');
    expect(before.secrets.kept.get(id)).toBe('hunter2-kept');
    await before.close();

    rig = await coreRig({}, { store, secrets });
    await rig.clock.advance(24 * 60 * 60_000);
    expect(rig.hosts.size).toBe(0);
    expect(rig.house.snapshot().connections).toMatchObject([
      { status: 'offline', reason: { code: 'authentication-failed' } },
    ]);
  });

  it('is tried again when the person says so, and forgiven when it was taken', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets();
    const before = await coreRig({}, { store, secrets });
    const { id, connection } = await before.account();
    connection.goesOffline('authentication-failed');
    await before.house.ask('account.connect', { account: id });
    expect(connection.all('connect')).toHaveLength(2);
    await before.close();
    rig = await coreRig({}, { store, secrets });
    expect(rig.house.snapshot().connections).toMatchObject([{ status: 'online' }]);
  });

  it('is replaced by a new one, which is tried at once and by the next start', async () => {
    const store = new MemoryStore();
    const secrets = new FakeSecrets();
    const before = await coreRig({}, { store, secrets });
    const { id, connection } = await before.account();
    connection.goesOffline('authentication-failed');
    await before.house.ask('account.set', { account: id, password: 'better' });
    expect(before.connection(id).all('connect')).toHaveLength(1);
    await before.close();
    rig = await coreRig({}, { store, secrets });
    expect(rig.connection(id).all('connect')).toHaveLength(1);
  });

  it('is nothing a protocol can see or unset', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    connection.goesOffline('authentication-failed');
    const { duties } = rig.host();
    expect(duties.opening(id).memory).toEqual([]);
    for (const [key] of rig.store.memory(id)) duties.remember(id, key, undefined);
    expect(rig.store.memory(id)).toHaveLength(1);
  });
});

describe('the passphrase of a sealed file', () => {
  it('is asked of the person through the house', async () => {
    let ask: ((why: 'needed' | 'refused') => Promise<string>) | undefined;
    rig = await coreRig({
      secrets: (askPassphrase) => {
        ask = askPassphrase;
        return new FakeSecrets('sealed');
      },
    });
    const asked = ask!('needed');
    await rig.settle();
    expect(question()).toMatchObject({ kind: 'passphrase', question: { why: 'needed' } });
    expect(question()).not.toHaveProperty('account');
    await rig.house.ask('question.answer', { question: question().id, answer: 'open sesame' });
    await expect(asked).resolves.toBe('open sesame');
  });
});

describe('a password', () => {
  it('is never logged, told or stored with the account', async () => {
    rig = await coreRig();
    const { id, connection } = await rig.account();
    await connection.askPassword();
    await rig.house.ask('account.set', { account: id, password: 'hunter2-too' });
    connection.goesOffline('authentication-failed');
    await rig.settle();
    const everything = JSON.stringify([
      rig.lines,
      rig.changes,
      rig.house.snapshot(),
      rig.store.accounts(),
      rig.store.memory(id),
    ]);
    expect(everything).not.toContain('hunter2');
  });
});
