/** What a person opens is opened by the desktop (freedesktop.org xdg-utils), in a program that outlives us. */
import { spawn } from 'node:child_process';
import { KithError } from '../base/index.ts';
import type { Environment } from './profile.ts';

/** `path` is absolute, so it is never read as a word to the program. Rejects 'not-supported' where there is no such program. */
export function openOutside(path: string, env: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    const opener = spawn('xdg-open', [path], { stdio: 'ignore', detached: true, env });
    opener.once('spawn', () => {
      opener.unref();
      resolve();
    });
    opener.once('error', (cause) =>
      reject(new KithError('not-supported', `This desktop has no xdg-open; the file is ${path}`, { cause })),
    );
  });
}
