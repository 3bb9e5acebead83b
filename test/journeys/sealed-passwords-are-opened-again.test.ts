/** Passwords are sealed under a passphrase the person chooses, and opened in the next run once the person has said it. */
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HouseEvent } from '../../src/contracts/index.ts';
import type { Question, QuestionId } from '../../src/domain/index.ts';
import { accountAdd, kith, newProfile, startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';

const passphrase = 'mellon mellon';
let server: Prosody;
let running: KithRun | undefined;
let profile = '';
beforeEach(async () => {
  profile = await newProfile();
  server = await startProsody({ users: ['alice'] });
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await server.stop();
  await rm(profile, { recursive: true, force: true });
});

type Asking = Extract<HouseEvent, { type: 'questions-changed' }>;
type Passphrase = Extract<Question, { kind: 'passphrase' }>;

/** The question for the passphrase, once it is asked for this reason. */
async function asked(run: KithRun, why: Passphrase['question']['why']): Promise<QuestionId> {
  const among = (open: readonly Question[]): Question | undefined =>
    open.find((one) => one.kind === 'passphrase' && one.question.why === why);
  const already = among((await run.join()).questions);
  if (already !== undefined) return already.id;
  const event = await run.events.next(
    `the question ‘${why}’`,
    (one): one is Asking => one.type === 'questions-changed' && among(one.open) !== undefined,
  );
  return among(event.open)!.id;
}

const online = (run: KithRun): Promise<unknown> =>
  run.connection('online', (event) => event.type === 'status-changed' && event.status === 'online');

describe('a sealed password', () => {
  it('is asked for by its passphrase after a restart, and then connects', async () => {
    running = await startKith({ profile });
    await running.signIn(server, 'alice');
    await running.ask('secrets.choose', { mode: 'sealed', passphrase });
    await running.stop();

    running = await startKith({ profile, secrets: 'sealed' });
    await running.ask('question.answer', { question: await asked(running, 'needed'), answer: 'melon' });
    await running.ask('question.answer', { question: await asked(running, 'refused'), answer: passphrase });
    await online(running);
  });

  it('is sealed under a passphrase that is asked for as a new one, and connects then', async () => {
    running = await startKith({ profile, secrets: 'sealed' });
    const adding = kith(accountAdd(profile, server, 'alice'), { input: `${server.password}\n` });
    const question = await asked(running, 'new');
    expect(existsSync(join(profile, 'secrets.sealed'))).toBe(false);
    await running.ask('question.answer', { question, answer: passphrase });
    await online(running);
    expect(await adding).toMatchObject({ code: 0 });
    expect(existsSync(join(profile, 'secrets.sealed'))).toBe(true);
  });
});

describe('a start that is told to seal what lay in a plain file', () => {
  it('stands first, so that there is a window to ask in, and moves everything once it has the passphrase', async () => {
    running = await startKith({ profile, secrets: 'plain' });
    await running.signIn(server, 'alice');
    await running.stop();

    running = await startKith({ profile, secrets: 'sealed' });
    expect((await running.join()).secrets).toBe('plain');
    await running.ask('question.answer', { question: await asked(running, 'new'), answer: passphrase });
    await running.events.next('the move', (event) => event.type === 'secrets-changed');
    await running.stop();
    const secrets = readdirSync(profile).filter((name) => name.startsWith('secrets'));
    expect(secrets).toEqual(['secrets.sealed']);

    running = await startKith({ profile, secrets: 'sealed' });
    await running.ask('question.answer', { question: await asked(running, 'needed'), answer: passphrase });
    await online(running);
  });
});
