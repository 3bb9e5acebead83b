/** A message as it lies in the table, and back. */
import type { KithErrorCode } from '../base/index.ts';
import type {
  AccountId,
  ContactId,
  ConversationTarget,
  Delivery,
  DeliveryState,
  Message,
  MessageId,
  RoomId,
  SharedFile,
} from '../domain/index.ts';

export interface MessageRow {
  readonly seq: number;
  readonly id: MessageId;
  readonly account: AccountId;
  readonly kind: ConversationTarget['kind'];
  readonly address: string;
  readonly outgoing: number;
  readonly sender: ContactId;
  readonly body: string;
  readonly at: number;
  readonly origin: string | null;
  readonly archive: string | null;
  readonly wants_marker: number;
  readonly caught_up: number;
  readonly state: DeliveryState | null;
  readonly state_at: number | null;
  readonly reason: KithErrorCode | null;
  readonly words: string | null;
  readonly nick: string | null;
  readonly mention: number;
  readonly file: string | null;
}

/** What to select so that `messageFrom` can read it; `message`, `conversation` and `account` must be in the query. */
export const MESSAGE_COLUMNS = `message.seq, message.id, account.id AS account, conversation.kind, conversation.address,
  message.outgoing, message.sender, message.body, message.at, message.origin, message.archive, message.wants_marker,
  message.caught_up, message.state, message.state_at, message.reason, message.words, message.nick,
  message.mention, message.file`;

export const MESSAGE_TABLES = `message JOIN conversation ON conversation.key = message.conversation
  JOIN account ON account.key = message.account`;

export function messageFrom(row: MessageRow): Message {
  const delivery = deliveryFrom(row);
  return {
    id: row.id,
    account: row.account,
    target: targetFrom(row.kind, row.address),
    direction: row.outgoing === 1 ? 'outgoing' : 'incoming',
    from: row.sender,
    ...(row.nick === null ? {} : { nick: row.nick }),
    body: row.body,
    ...(row.mention === 1 ? { mention: true } : {}),
    ...(row.file === null ? {} : { file: JSON.parse(row.file) as SharedFile }),
    at: row.at,
    // Our own messages go out under their id, so that is not worth saying again.
    ...(row.origin === null || (row.outgoing === 1 && row.origin === row.id) ? {} : { origin: row.origin }),
    ...(row.archive === null ? {} : { archive: row.archive }),
    ...(row.wants_marker === 1 ? { wantsReadMarker: true } : {}),
    ...(row.caught_up === 1 ? { caughtUp: true } : {}),
    ...(delivery === undefined ? {} : { delivery }),
  };
}

export function targetFrom(kind: ConversationTarget['kind'], address: string): ConversationTarget {
  return kind === 'contact' ? { kind, contact: address as ContactId } : { kind, room: address as RoomId };
}

function deliveryFrom(row: MessageRow): Delivery | undefined {
  if (row.state === null) return undefined;
  return {
    state: row.state,
    at: row.state_at ?? row.at,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.words === null ? {} : { text: row.words }),
  };
}
