/** Where a profile's socket is. Linux allows 107 bytes; a deeper profile keeps it elsewhere and a note of where. */
import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Environment } from '../profile.ts';

/** `sun_path` of unix(7) holds 108 bytes, the last of them a zero. */
const longestPath = 107;

const noteOf = (profile: string): string => join(profile, 'kith.sock.path');
const fits = (path: string): boolean => Buffer.byteLength(path) <= longestPath;

/** Where to knock. Undefined when there can be nobody. */
export function socketToAsk(profile: string): string | undefined {
  const near = join(profile, 'kith.sock');
  if (fits(near)) return near;
  try {
    const far = readFileSync(noteOf(profile), 'utf8').trim();
    const folder = lstatSync(dirname(far));
    // Someone else's folder could hold someone else's socket.
    const ours = folder.isDirectory() && folder.uid === process.getuid?.() && (folder.mode & 0o077) === 0;
    return ours ? far : undefined;
  } catch {
    return undefined;
  }
}

/** Where to listen, and how to leave no trace of it. Only for whoever holds the profile. */
export function socketToOffer(profile: string, env: Environment): { readonly path: string; remove(): void } {
  const near = join(profile, 'kith.sock');
  if (fits(near)) return { path: near, remove: () => rmSync(near, { force: true }) };
  const before = socketToAsk(profile);
  if (before !== undefined) rmSync(dirname(before), { recursive: true, force: true });
  const runtime = env['XDG_RUNTIME_DIR'];
  const place =
    runtime !== undefined && isAbsolute(runtime) && fits(join(runtime, 'kith-XXXXXX/s')) ? runtime : tmpdir();
  const folder = mkdtempSync(join(place, 'kith-'));
  const path = join(folder, 's');
  writeFileSync(noteOf(profile), `${path}\n`, { mode: 0o600 });
  return {
    path,
    remove() {
      rmSync(folder, { recursive: true, force: true });
      rmSync(noteOf(profile), { force: true });
    },
  };
}
