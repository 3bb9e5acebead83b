/** An account and a target, and what is unread there. */
import type { AccountId, ContactId, ConversationId, RoomId } from './ids.ts';
import type { Message } from './message.ts';

export type ConversationTarget =
  { readonly kind: 'contact'; readonly contact: ContactId } | { readonly kind: 'room'; readonly room: RoomId };

export type ChatState = 'active' | 'composing' | 'paused' | 'inactive' | 'gone';

export interface Conversation {
  readonly id: ConversationId;
  readonly account: AccountId;
  readonly target: ConversationTarget;
  readonly unread: number;
  /** How many of the unread name us; absent when none does. */
  readonly mentions?: number;
  readonly last?: Message;
}

/** The same account and target always give the same id. */
export function conversationId(account: AccountId, target: ConversationTarget): ConversationId {
  return `${account}/${target.kind}/${targetAddress(target)}` as ConversationId;
}

export function targetAddress(target: ConversationTarget): ContactId | RoomId {
  return target.kind === 'contact' ? target.contact : target.room;
}
