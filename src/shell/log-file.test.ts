import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kith-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const lines = (): Record<string, unknown>[] =>
  readFileSync(join(folder, 'kith.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log file', () => {
  it('begins with its first line, for its owner alone', () => {
    const file = openLogFile(folder);
    expect(readdirSync(folder)).toEqual([]);
    file.log.named('core').warn('Something', { account: 'a' });
    expect(lines()).toMatchObject([{ level: 'warn', from: 'core', text: 'Something', fields: { account: 'a' } }]);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    file[Symbol.dispose]();
  });

  it('hides what a secret could stand in, whoever hands it over', () => {
    const file = openLogFile(folder);
    file.log.info('x', { password: 'hunter2', accessToken: 'hunter2', body: 'hunter2', answer: 'hunter2', host: 'ok' });
    file[Symbol.dispose]();
    expect(readFileSync(file.path, 'utf8')).not.toContain('hunter2');
    expect(lines()[0]).toMatchObject({ fields: { password: '[hidden]', host: 'ok' } });
  });

  it('leaves out what is less than asked for', () => {
    const file = openLogFile(folder, 'warn');
    file.log.info('quiet');
    file.log.error('loud');
    file[Symbol.dispose]();
    expect(lines()).toHaveLength(1);
  });

  it('never grows past its bound, and keeps one old file', () => {
    const file = openLogFile(folder, 'info', 2000);
    for (let at = 0; at < 200; at += 1) file.log.info(`line ${at}`);
    file[Symbol.dispose]();
    expect(readdirSync(folder).toSorted()).toEqual(['kith.log', 'kith.log.old']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(2000);
    expect(lines().at(-1)).toMatchObject({ text: 'line 199' });
  });

  it('goes on in the file of the last run', () => {
    for (const text of ['first', 'second']) {
      const file = openLogFile(folder);
      file.log.info(text);
      file[Symbol.dispose]();
    }
    expect(lines().map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('is silent where it cannot write', () => {
    const file = openLogFile(join(folder, 'gone'));
    expect(() => file.log.error('nobody hears this')).not.toThrow();
    file[Symbol.dispose]();
  });
});
