/** The file a browser is opened with. The ticket stands in it and nowhere else: not in an address, not on a command line, not in a log. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { disposable, type Disposable } from '../../base/index.ts';

export interface Entrance extends Disposable {
  readonly path: string;
}

/**
 * Mode 0600. The page sends the ticket by POST as soon as it is shown, so it never enters a history either.
 * Disposing removes the file.
 */
export function writeEntrance(folder: string, origin: string, ticket: string): Entrance {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `open-${randomBytes(6).toString('hex')}.html`);
  writeFileSync(path, page(origin, ticket), { mode: 0o600, flag: 'wx' });
  return { path, ...disposable(() => rmSync(path, { force: true })) };
}

const page = (origin: string, ticket: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Kith</title>
<meta name="color-scheme" content="light dark">
<form method="post" action="${origin}/enter">
<input type="hidden" name="ticket" value="${ticket}">
<noscript><button>Open Kith</button></noscript>
</form>
<script>document.forms[0].submit();</script>
`;
