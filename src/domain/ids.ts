/** The identifiers of the house. All are opaque to everyone but their maker. */
import type { Id } from '../base/index.ts';

export type ProtocolId = Id<'protocol'>;
/** Ours, stable for the life of the account. */
export type AccountId = Id<'account'>;
/** The protocol's spelling of an address, as its `normalise` made it. */
export type ContactId = Id<'contact'>;
export type RoomId = Id<'room'>;
export type PersonId = Id<'person'>;
/** An address-book entry's own id, as the address book spells it. */
export type AddressBookUid = Id<'address-book-entry'>;
export type MessageId = Id<'message'>;
export type ConversationId = Id<'conversation'>;
export type QuestionId = Id<'question'>;

export interface ContactKey {
  readonly account: AccountId;
  readonly contact: ContactId;
}
