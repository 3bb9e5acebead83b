/** A protocol in a thread of its own: whatever it throws, ends, leaks or loops over stays inside. */
import { Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import { asKithError, Emitter, type Log } from '../base/index.ts';
import type { FromProtocol, ToProtocol } from '../contracts/index.ts';
import type { Residence } from './residence.ts';

/** Mebibytes. Memory beyond them ends the worker, not the house. */
export interface HostLimits {
  readonly maxOldGenerationSizeMb?: number;
  readonly maxYoungGenerationSizeMb?: number;
  readonly stackSizeMb?: number;
}

const usualLimits: HostLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };
/** Lines of raw output of one worker that are written down, and how much of each. */
const mostLines = 1_000;
const longestLine = 500;

export function workerResidence(entry: string | URL, limits: HostLimits, log: Log): Residence {
  const report = (error: unknown) => log.error('A port listener threw', { error: asKithError(error).message });
  const arrived = new Emitter<readonly FromProtocol[]>(report);
  const ended = new Emitter<string>(report);
  const worker = new Worker(entry, {
    resourceLimits: { ...usualLimits, ...limits },
    stdin: false,
    stdout: true,
    stderr: true,
  });
  let dying: string | undefined;
  worker.on('message', (batch: readonly FromProtocol[]) => arrived.fire(batch));
  worker.on('messageerror', (error) => report(error));
  worker.on('error', (error) => {
    dying = asKithError(error).message;
    log.error('A protocol threw where nobody caught it', {
      error: error instanceof Error ? (error.stack ?? dying) : dying,
    });
  });
  const gone = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      resolve();
      ended.fire(dying ?? `It ended with code ${code}`);
    });
  });
  writeDown(worker.stdout, (text) => log.debug('It printed', { text }));
  writeDown(worker.stderr, (text) => log.warn('It printed an error', { text }));
  return {
    port: { post: (batch: readonly ToProtocol[]) => worker.postMessage(batch), onDidArrive: arrived.event },
    onDidEnd: ended.event,
    async end() {
      ended[Symbol.dispose]();
      arrived[Symbol.dispose]();
      await worker.terminate();
      await gone;
    },
  };
}

/** Raw output is for the log: line by line, shortened, and not for ever. */
function writeDown(stream: Readable, write: (text: string) => void): void {
  let rest = '';
  let lines = 0;
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = (parts.pop() ?? '').slice(0, longestLine);
    for (const line of parts) if (line !== '' && ++lines <= mostLines) write(line.slice(0, longestLine));
  });
}
