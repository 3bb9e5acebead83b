/** One utterance, with its delivery. */
import type { Instant, KithErrorCode } from '../base/index.ts';
import type { ConversationTarget } from './conversation.ts';
import type { Disclosure } from './disclosure.ts';
import type { SharedFile } from './file.ts';
import type { AccountId, ContactId, MessageId } from './ids.ts';

/**
 * Where an outgoing message is.
 * - queued: never written to a socket; goes out by itself when the account is next online, also after a crash
 * - sending: written, not acknowledged
 * - sent: the server has it; delivered: a device of theirs has it; read: it was shown to them
 * - unconfirmed: written, and nobody can say whether it arrived; never sent again by itself
 * - failed: refused, for the reason given
 */
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'unconfirmed' | 'failed';

export interface Delivery {
  readonly state: DeliveryState;
  readonly at: Instant;
  readonly reason?: KithErrorCode;
  /** Words from the other side, when it gave any. */
  readonly text?: string;
}

/** One way a message was put. */
export interface Wording {
  readonly body: string;
  readonly at: Instant;
}

/** A message whose sender has put it otherwise since. */
export interface Edit {
  /** The correction whose words stand now; trying it again, or taking it away, names this one. */
  readonly by: MessageId;
  readonly at: Instant;
  /** How it was put before, oldest first; never empty. */
  readonly before: readonly Wording[];
}

export interface Message {
  /** Ours, unique in the profile. For an outgoing message it is also what goes over the wire as the origin id. */
  readonly id: MessageId;
  readonly account: AccountId;
  readonly target: ConversationTarget;
  readonly direction: 'incoming' | 'outgoing';
  readonly from: ContactId;
  /** In a room: the name its speaker bore there when it was said. */
  readonly nick?: string;
  /** In a room that tells: who they are to it, whatever their nick. */
  readonly occupant?: string;
  /** Of a file its address, or its name while it has none. */
  readonly body: string;
  /** True when the sender wants no styling read into the words. */
  readonly unstyled?: boolean;
  /** When the message is a file and nothing else. */
  readonly file?: SharedFile;
  /** The origin id of the message this one corrects. Its protocol has seen to it that, in a room without occupants' ids, nobody else bears the name by now. */
  readonly replaces?: string;
  /** Absent while it stands as it was first put; else `body` and `delivery` are those of its last correction. */
  readonly edit?: Edit;
  /** True when it names us by the nick we bore in that room. */
  readonly mention?: boolean;
  /** When it was said: the server's stamp if it bears one, else when we saw it. */
  readonly at: Instant;
  /** The sender's own id for it; with `from` it recognises a repeat. */
  readonly origin?: string;
  /** The server archive's id for it; recognises a repeat and orders what arrived while we were away. */
  readonly archive?: string;
  /** True when the sender asked to hear that it was shown. */
  readonly wantsReadMarker?: boolean;
  /** True when it comes from an archive or another device: stored, never announced. */
  readonly caughtUp?: boolean;
  readonly delivery?: Delivery;
}

/** A message on its way out, as a protocol is given it. */
export interface OutgoingMessage {
  readonly id: MessageId;
  readonly target: ConversationTarget;
  readonly body: string;
  /** True when the body is the address of a file. */
  readonly isFile?: true;
  readonly at: Instant;
  /** What may go with it, and be asked with it. */
  readonly disclosure: Disclosure;
}

const order: readonly DeliveryState[] = ['queued', 'sending', 'unconfirmed', 'sent', 'failed', 'delivered', 'read'];

/** Delivery only moves forwards: a late 'sent' never undoes a 'delivered'. What the server took may still be refused further on. Only a person's retry goes back to 'queued'. */
export function advances(from: DeliveryState, to: DeliveryState): boolean {
  return order.indexOf(to) > order.indexOf(from);
}

/** Milliseconds. What is older has been read and answered as it was. */
const correctableFor = 24 * 3_600_000;

/** Whether a person may still put a message of theirs otherwise. A file is not put into words (XEP-0308 section 4). */
export function mayCorrect(message: Pick<Message, 'direction' | 'at' | 'file'>, now: Instant): boolean {
  return message.direction === 'outgoing' && message.file === undefined && now - message.at < correctableFor;
}
