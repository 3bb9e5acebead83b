import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogLine, logTo } from '../base/index.ts';
import { noLeaks } from '../../test/harness/no-leaks.ts';
import { until } from '../../test/harness/waiting.ts';
import { workerResidence } from './worker-residence.ts';

describe('a worker thread', () => {
  noLeaks();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-worker-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function script(name: string, source: string): Promise<string> {
    const file = join(folder, `${name}.mjs`);
    await writeFile(file, source);
    return file;
  }

  it('has a limit on its heap even when nobody set one, and what it prints is written down, shortened', async () => {
    const lines: LogLine[] = [];
    const entry = await script(
      'prints',
      `import { resourceLimits } from 'node:worker_threads';
       process.stdout.write(\`limit \${resourceLimits.maxOldGenerationSizeMb}\\n\`);
       process.stderr.write('x'.repeat(10_000) + '\\n');
       setInterval(() => {}, 1_000);`,
    );
    const residence = workerResidence(
      entry,
      {},
      logTo((line) => lines.push(line)),
    );
    const printed = (level: string) =>
      until(`a line at ${level}`, () => lines.find((line) => line.level === level)?.fields?.['text']);
    expect(await printed('debug')).toBe('limit 256');
    expect(String(await printed('warn')).length).toBeLessThanOrEqual(500);
    await residence.end();
    await residence.end();
  });

  it('says how it ended, unless it was asked to', async () => {
    const why: string[] = [];
    const entry = await script('throws', `throw new TypeError('Not today');`);
    const residence = workerResidence(
      entry,
      {},
      logTo(() => {}),
    );
    const hearing = residence.onDidEnd((words) => why.push(words));
    await until('its end', () => (why.length > 0 ? true : undefined));
    expect(why).toEqual(['Not today']);
    hearing[Symbol.dispose]();
    await residence.end();
  });
});
