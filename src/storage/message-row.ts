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
  Wording,
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
  readonly occupant: string | null;
  readonly replaces: string | null;
  readonly unstyled: number;
  readonly first_body: string | null;
  /** Its corrections in their order, as JSON; null when it has none. */
  readonly edits: string | null;
}

/** A correction as it stands in `edits`. */
interface EditRow extends DeliveryRow {
  readonly id: MessageId;
  readonly body: string;
  readonly unstyled: number;
}

type DeliveryRow = Pick<MessageRow, 'at' | 'state' | 'state_at' | 'reason' | 'words'>;

/** What to select so that `messageFrom` can read it; `message`, `conversation` and `account` must be in the query. */
export const MESSAGE_COLUMNS = `message.seq, message.id, account.id AS account, conversation.kind, conversation.address,
  message.outgoing, message.sender, message.body, message.at, message.origin, message.archive, message.wants_marker,
  message.caught_up, message.state, message.state_at, message.reason, message.words, message.nick,
  message.mention, message.file, message.occupant, message.replaces, message.unstyled, message.first_body,
  iif(message.newest IS NULL, NULL, (
    SELECT json_group_array(json_object('id', id, 'body', body, 'unstyled', unstyled, 'at', at, 'state', state, 'state_at', state_at, 'reason', reason, 'words', words))
    FROM (SELECT * FROM message AS edit WHERE edit.corrects = message.seq ORDER BY edit.at, edit.seq)
  )) AS edits`;

export const MESSAGE_TABLES = `message JOIN conversation ON conversation.key = message.conversation
  JOIN account ON account.key = message.account`;

export function messageFrom(row: MessageRow): Message {
  const edits = row.edits === null ? [] : (JSON.parse(row.edits) as readonly EditRow[]);
  const last = edits.at(-1);
  const delivery = deliveryFrom(last ?? row);
  return {
    id: row.id,
    account: row.account,
    target: targetFrom(row.kind, row.address),
    direction: row.outgoing === 1 ? 'outgoing' : 'incoming',
    from: row.sender,
    ...(row.nick === null ? {} : { nick: row.nick }),
    ...(row.occupant === null ? {} : { occupant: row.occupant }),
    body: row.body,
    ...((last ?? row).unstyled === 1 ? { unstyled: true } : {}),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...(last === undefined ? {} : { edit: { by: last.id, at: last.at, before: wordingsBefore(row, edits) } }),
    ...(row.mention === 1 ? { mention: true } : {}),
    // What takes the place of a file is words.
    ...(row.file === null || last !== undefined ? {} : { file: JSON.parse(row.file) as SharedFile }),
    at: row.at,
    // Our own messages go out under their id, so that is not worth saying again.
    ...(row.origin === null || (row.outgoing === 1 && row.origin === row.id) ? {} : { origin: row.origin }),
    ...(row.archive === null ? {} : { archive: row.archive }),
    ...(row.wants_marker === 1 ? { wantsReadMarker: true } : {}),
    ...(row.caught_up === 1 ? { caughtUp: true } : {}),
    ...(delivery === undefined ? {} : { delivery }),
  };
}

function wordingsBefore(row: MessageRow, edits: readonly EditRow[]): readonly Wording[] {
  const first = { body: row.first_body ?? row.body, at: row.at };
  return [first, ...edits.slice(0, -1).map(({ body, at }) => ({ body, at }))];
}

export function targetFrom(kind: ConversationTarget['kind'], address: string): ConversationTarget {
  return kind === 'contact' ? { kind, contact: address as ContactId } : { kind, room: address as RoomId };
}

function deliveryFrom(row: DeliveryRow): Delivery | undefined {
  if (row.state === null) return undefined;
  return {
    state: row.state,
    at: row.state_at ?? row.at,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.words === null ? {} : { text: row.words }),
  };
}
