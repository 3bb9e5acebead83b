/** Passwords sealed in one run are opened in the next, once the person has said the passphrase. */
import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { HouseEvent } from '../../src/contracts/index.ts';
import { newProfile, startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';

const passphrase = 'mellon';
let server: Prosody | undefined;
let running: KithRun | undefined;
let profile = '';
afterEach(async () => {
  await running?.stop();
  await server?.stop();
  await rm(profile, { recursive: true, force: true });
});

describe('a sealed password', () => {
  it('is asked for by its passphrase after a restart, and then connects', async () => {
    profile = await newProfile();
    server = await startProsody({ users: ['alice'] });
    running = await startKith({ profile });
    await running.signIn(server, 'alice');
    await running.ask('secrets.choose', { mode: 'sealed', passphrase });
    await running.stop();

    running = await startKith({ profile, secrets: 'sealed' });
    const asked = async (known: { why: 'needed' | 'refused' }): Promise<string> => {
      type Asking = Extract<HouseEvent, { type: 'questions-changed' }>;
      const matches = ({ open }: Asking) =>
        open.find((one) => one.kind === 'passphrase' && one.question.why === known.why);
      const already = (await running!.join()).questions.find(
        (one) => one.kind === 'passphrase' && one.question.why === known.why,
      );
      if (already !== undefined) return already.id;
      const event = await running!.events.next(
        'the question',
        (one): one is Asking => one.type === 'questions-changed' && matches(one) !== undefined,
      );
      return matches(event)!.id;
    };
    const first = await asked({ why: 'needed' });
    await running.ask('question.answer', { question: first as never, answer: 'melon' });
    const second = await asked({ why: 'refused' });
    await running.ask('question.answer', { question: second as never, answer: passphrase });
    const online = await running.connection(
      'online',
      ({ type, ...event }) => type === 'status-changed' && 'status' in event && event.status === 'online',
    );
    expect(online.event).toMatchObject({ status: 'online' });
  });
});
