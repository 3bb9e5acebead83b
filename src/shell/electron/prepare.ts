/** What must be said to Electron before it is ready. */
import { join, resolve } from 'node:path';
import { app } from 'electron';
import type { Places } from '../profile.ts';
import { registerScheme } from './scheme.ts';

/** Every page in the sandbox, our scheme known. Call it once, before the first await of the program. */
export function prepareElectron(): void {
  app.enableSandbox();
  registerScheme();
}

/** Electron's own files go into the profile. */
export function placeElectron({ profile }: Places): void {
  app.setPath('userData', join(profile, 'electron'));
  app.setPath('sessionData', join(profile, 'electron'));
}

/** Switches of Chromium and Node that are not ours to read. */
const foreign =
  /^--(no-sandbox|ozone-|enable-|disable-|inspect|remote-debugging-|lang=|force-|gtk-|js-flags|password-store)/;

/** What the person wrote, without Electron's own words: its program, the application's folder, switches. */
export function ownLine(line: readonly string[]): readonly string[] {
  const [, ...words] = line;
  const folder = app.isPackaged ? undefined : resolve(app.getAppPath());
  let passed = folder === undefined;
  return words.filter((word) => {
    if (foreign.test(word)) return false;
    if (passed || word.startsWith('-') || resolve(word) !== folder) return true;
    passed = true;
    return false;
  });
}
