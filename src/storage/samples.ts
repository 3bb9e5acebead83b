/** Accounts, contacts and messages for this room's tests: valid, and different only where a test says so. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import {
  availablePresence,
  newContact,
  type Account,
  type AccountId,
  type Contact,
  type ContactId,
  type ConversationTarget,
  type Message,
  type MessageId,
  type ProtocolId,
} from '../domain/index.ts';
import { openStore } from './index.ts';

export const home = 'home' as AccountId;
export const amy = 'amy@example.org' as ContactId;
export const toAmy: ConversationTarget = { kind: 'contact', contact: amy };

export function account(id: AccountId = home): Account {
  return {
    id,
    protocol: 'xmpp' as ProtocolId,
    address: `me@${id}.example`,
    name: '',
    parameters: {},
    enabled: true,
    requested: availablePresence,
  };
}

export function contact(name: string): Contact {
  return newContact(`${name}@example.org` as ContactId, {
    alias: name,
    groups: ['Friends'],
    weSeeThem: 'yes',
    listed: true,
  });
}

/** Incoming, live, from Amy, at `at` milliseconds. */
export function message(id: string, at: number, more: Partial<Message> = {}): Message {
  return {
    id: id as MessageId,
    account: home,
    target: toAmy,
    direction: 'incoming',
    from: amy,
    body: `words of ${id}`,
    at,
    ...more,
  };
}

/** Our own, written here. */
export function own(id: string, at: number, more: Partial<Message> = {}): Message {
  return message(id, at, { direction: 'outgoing', from: 'me@home.example' as ContactId, ...more });
}

/** A fresh folder under the system's place for temporary files, and what removes it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kith-storage-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function storeAt(folder: string): Store {
  return openStore(folder, { log: silentLog, clock: systemClock });
}
