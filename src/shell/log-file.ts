/** The log on disk: one JSON object a line, bounded, one old file kept. Written at once, so the last line before a crash is there. */
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { logTo, type Disposable, type Log, type LogLine } from '../base/index.ts';

/** Bytes of one file; the folder never holds much more than twice this. */
export const logBound = 2 * 1024 * 1024;

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** Fields that are never written, whoever hands them in. */
const hidden = /pass|secret|token|cookie|body|answer/i;

export interface LogFile extends Disposable {
  readonly log: Log;
  readonly path: string;
}

/** Opened with its first line, so a start that only hands over leaves it alone. Lines below `least` are not written. A disk that is full or gone silences the log and nothing else. */
export function openLogFile(folder: string, least: LogLine['level'] = 'info', bound = logBound): LogFile {
  const path = join(folder, 'kith.log');
  let file: number | undefined;
  let size = 0;
  let begun = false;
  const write = (line: LogLine): void => {
    if (levels.indexOf(line.level) < levels.indexOf(least)) return;
    if (!begun) {
      begun = true;
      file = open(path);
      size = file === undefined ? 0 : fstatSync(file).size;
    }
    if (file === undefined) return;
    const text = Buffer.from(`${JSON.stringify({ time: new Date().toISOString(), ...redacted(line) })}\n`);
    try {
      if (size + text.length > bound) {
        closeSync(file);
        file = undefined;
        renameSync(path, `${path}.old`);
        file = open(path);
        size = 0;
        if (file === undefined) return;
      }
      writeSync(file, text);
      size += text.length;
    } catch {
      size = 0;
    }
  };
  return {
    log: logTo(write),
    path,
    [Symbol.dispose]() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function open(path: string): number | undefined {
  try {
    return openSync(path, 'a', 0o600);
  } catch {
    return undefined;
  }
}

function redacted(line: LogLine): LogLine {
  if (line.fields === undefined) return line;
  const fields = Object.entries(line.fields).map(([name, value]) => [name, hidden.test(name) ? '[hidden]' : value]);
  return { ...line, fields: Object.fromEntries(fields) as NonNullable<LogLine['fields']> };
}
