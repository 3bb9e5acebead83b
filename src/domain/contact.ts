/** One address seen from one account. */
import type { ContactId } from './ids.ts';
import { type Presence, samePresence, unknownPresence } from './presence.ts';

/** 'asked': the question is open. `weSeeThem: 'asked'` we asked them; `theySeeUs: 'asked'` they asked us. */
export type Subscription = 'no' | 'asked' | 'yes';

export type ContactAbility = 'text' | 'receipts' | 'corrections' | 'chat-states' | 'read-markers' | 'files' | 'calls';

export interface Contact {
  readonly id: ContactId;
  /** The name our list gives them; empty when it gives none. */
  readonly alias: string;
  /** What they call themselves; empty when they do not say. */
  readonly nickname: string;
  /** Names their picture: the SHA-1 of its bytes in hexadecimal. Empty when they have none. */
  readonly avatar: string;
  readonly groups: readonly string[];
  readonly presence: Presence;
  readonly weSeeThem: Subscription;
  readonly theySeeUs: Subscription;
  /** True when they stand in our own list; a stranger who asked or wrote does not. */
  readonly listed: boolean;
  /** What they said when asking to see us. */
  readonly request?: string;
  readonly abilities: readonly ContactAbility[];
}

export function newContact(id: ContactId, known: Partial<Omit<Contact, 'id'>> = {}): Contact {
  return {
    id,
    alias: '',
    nickname: '',
    avatar: '',
    groups: [],
    presence: unknownPresence,
    weSeeThem: 'no',
    theySeeUs: 'no',
    listed: false,
    abilities: ['text'],
    ...known,
  };
}

/** The name to call them by: ours for them, theirs for themselves, else their address. */
export function nameOf({ id, alias, nickname }: Pick<Contact, 'id' | 'alias' | 'nickname'>): string {
  return alias || nickname || id;
}

/** Of whom nobody knows the presence. The same object when that is so already: at the start of a day it is everybody. */
export function unseen(contact: Contact): Contact {
  return samePresence(contact.presence, unknownPresence) ? contact : { ...contact, presence: unknownPresence };
}
