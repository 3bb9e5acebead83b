/** The human behind one or more contacts. Computed, never configured, except for the links a person made by hand. */
import type { AddressBookUid, ContactKey, PersonId } from './ids.ts';
import type { Presence } from './presence.ts';

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** The picture of the first contact that has one; empty when none has. */
  readonly avatar: string;
  readonly addressBookUid?: AddressBookUid;
  /** At least one; the first one joined gives the person their colour. */
  readonly contacts: readonly ContactKey[];
  /** The greatest among the contacts'. */
  readonly presence: Presence;
}
