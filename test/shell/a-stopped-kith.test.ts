/** A Kith whose process is stopped keeps its profile and its socket, and says nothing. Nobody waits for it without end. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kith, type KithRun, type Said, startKith } from '../harness/kith.ts';
import { Run } from '../harness/processes.ts';
import { bounded } from '../harness/waiting.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('a Kith that is stopped', () => {
  let running: KithRun;
  beforeAll(async () => {
    running = await startKith({ secrets: 'sealed' });
  });
  afterAll(async () => {
    running.run.signal('SIGCONT');
    await running.stop();
  });

  /** Every way there is to it, at once: each takes as long as the silence that is allowed. */
  const ways: readonly (readonly string[])[] = [
    ['account', 'list'],
    ['send', 'amy@kith.test', 'Hello'],
    ['open', 'xmpp:amy@kith.test'],
    ['quit'],
    ['--headless'],
    [],
  ];

  it('is named to whoever comes, with what to do, and goes on as if nothing had been', async () => {
    // Waits for a passphrase in the middle of its act, and is not answered any more.
    const adding = kith(
      ['account', 'add', 'amy@testbed', '--protocol', 'testbed', '--password-stdin', '--profile', running.profile],
      {
        input: 'a password\n',
      },
    );
    await running.events.next('the question', (event) => event.type === 'questions-changed' && event.open.length > 0);
    running.run.signal('SIGSTOP');
    const start = new Run(process.execPath, [join(root, 'scripts/start.mjs'), '--profile', running.profile], {
      env: { DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
    });
    const all: readonly Said[] = await Promise.all([
      adding,
      ...ways.map((words) => running.say(...words)),
      bounded('npm start', start.ended).then(({ code }) => ({ code, output: start.output, errors: start.errors })),
    ]);
    for (const { code, output, errors } of all) {
      expect(code).toBe(40);
      expect(output).toBe('');
      expect(errors).toContain(`Kith (process ${running.run.pid}) has this profile and does not answer`);
      expect(errors).toContain(`kill -CONT ${running.run.pid}`);
    }
    running.run.signal('SIGCONT');
    expect(await running.say('account', 'list')).toMatchObject({ code: 0 });
  });
});
