/** What our reading and writing tell the other side, as far as the person lets it. */
import { ignore, type Log } from '../base/index.ts';
import type { ChatState, ConversationId, ConversationTarget, Message, MessageId } from '../domain/index.ts';
import type { AccountId } from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import type { Conversations } from './conversations.ts';
import type { Settings } from './settings.ts';

export class Reading {
  readonly #conversations: Conversations;
  readonly #settings: Settings;
  readonly #connection: (account: AccountId) => AccountConnection | undefined;
  readonly #log: Log;
  /** Read while offline: the newest of each conversation is told when the account is back. */
  readonly #untold = new Map<ConversationId, Message>();

  /** How far our other devices were last told that we have read, in the archive's words. */
  readonly #reached = new Map<ConversationId, string>();
  readonly #readOffline = new Set<ConversationId>();

  constructor(
    conversations: Conversations,
    settings: Settings,
    connection: (account: AccountId) => AccountConnection | undefined,
    log: Log,
  ) {
    this.#conversations = conversations;
    this.#settings = settings;
    this.#connection = connection;
    this.#log = log;
  }

  acknowledge(conversation: ConversationId, upTo: MessageId): void {
    const wanting = this.#conversations.acknowledge(conversation, upTo);
    this.#tellPosition(conversation);
    if (wanting === undefined || !this.#settings.now.readMarkers) return;
    if (!this.#tell(wanting)) this.#untold.set(conversation, wanting);
  }

  /** The account is online again. */
  catchUp(account: AccountId): void {
    for (const conversation of this.#readOffline) {
      if (this.#conversations.whose(conversation)?.account === account) this.#tellPosition(conversation);
    }
    for (const [conversation, message] of this.#untold) {
      if (message.account !== account) continue;
      this.#untold.delete(conversation);
      if (this.#settings.now.readMarkers) this.#tell(message);
    }
  }

  /** Our other devices are told whatever the person lets others know. Only what has moved is. */
  #tellPosition(conversation: ConversationId): void {
    const whose = this.#conversations.whose(conversation);
    const archive = this.#conversations.readPosition(conversation);
    if (whose === undefined || archive === undefined || this.#reached.get(conversation) === archive) return;
    const told = this.#connection(whose.account)?.facet('readingPosition')?.reached(whose.target, archive);
    if (told === undefined) return void this.#readOffline.add(conversation);
    this.#readOffline.delete(conversation);
    this.#reached.set(conversation, archive);
    ignore(told, 'How far we have read was not told', this.#log);
  }

  setChatState(account: AccountId, target: ConversationTarget, state: ChatState): void {
    if (!this.#settings.now.typingNotices) return;
    const told = this.#connection(account)?.facet('chatStates')?.set(target, state);
    if (told !== undefined) ignore(told, 'A chat state was not told', this.#log);
  }

  /** False while it cannot be told. */
  #tell({ account, target, origin }: Message): boolean {
    if (origin === undefined) return true;
    const told = this.#connection(account)?.facet('readMarkers')?.markRead(target, origin);
    if (told === undefined) return this.#connection(account)?.online === true;
    ignore(told, 'A read marker was not told', this.#log);
    return true;
  }
}
