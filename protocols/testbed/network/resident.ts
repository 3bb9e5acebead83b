/** One address of the network: its list, its letters, and the ear that listens for it while it is at home. */
import type { Instant } from '../../../src/base/index.ts';
import {
  type ChatState,
  type Contact,
  type ContactId,
  type DeliveryState,
  offlinePresence,
  type Presence,
  type RoomId,
  type Subscription,
} from '../../../src/domain/index.ts';

/** What a resident's list says of somebody. */
export interface Entry {
  readonly alias: string;
  readonly groups: readonly string[];
  readonly weSeeThem: Subscription;
  readonly theySeeUs: Subscription;
  readonly listed: boolean;
  readonly request?: string;
}

export const stranger: Entry = { alias: '', groups: [], weSeeThem: 'no', theySeeUs: 'no', listed: false };

/** A message as the network carries and keeps it. */
export interface Letter {
  /** The network's own number for it. */
  readonly archive: string;
  /** The sender's id for it. */
  readonly id: string;
  readonly from: ContactId;
  readonly to: ContactId;
  readonly body: string;
  /** The id of the letter it corrects. */
  readonly replaces?: string;
  readonly at: Instant;
  /** Its sender wants to hear that it was read. */
  readonly wantsReadMarker: boolean;
  state: DeliveryState;
}

/** What somebody at home hears of. */
export interface Ear {
  listChanged(of: ContactId): void;
  presenceChanged(of: ContactId, presence: Presence): void;
  /** It counts as delivered when `Network.received` says so. */
  letter(letter: Letter): void;
  delivery(letter: Letter): void;
  chatState(from: ContactId, state: ChatState): void;
  invited(room: RoomId, from: ContactId, text: string): void;
  /** The same address came home elsewhere; this ear hears nothing more. */
  replaced(): void;
}

export class Resident {
  readonly address: ContactId;
  readonly list = new Map<ContactId, Entry>();
  /** Everything said, by the other side, oldest first. */
  readonly kept = new Map<ContactId, Letter[]>();
  /** Arrived while nobody was at home, or not yet on the recipient's disk when they left. */
  waiting: Letter[] = [];
  presence: Presence = offlinePresence;
  ear: Ear | undefined;

  constructor(address: ContactId) {
    this.address = address;
  }

  entry(of: ContactId): Entry {
    return this.list.get(of) ?? stranger;
  }

  letters(other: ContactId): Letter[] {
    const letters = this.kept.get(other) ?? [];
    this.kept.set(other, letters);
    return letters;
  }

  /** After the network forgot everything: what the account itself remembers of its list. */
  recall(contacts: readonly Contact[]): void {
    if (this.list.size > 0) return;
    for (const { id, alias, groups, weSeeThem, theySeeUs, listed, request } of contacts) {
      this.list.set(id, {
        alias,
        groups,
        weSeeThem,
        theySeeUs,
        listed,
        ...(request === undefined ? {} : { request }),
      });
    }
  }
}
