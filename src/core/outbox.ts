/**
 * Messages on their way out. Three kinds and only three: queued, which go by themselves when the account is online; written and
 * not acknowledged, which nobody but a person ever sends again; acknowledged.
 */
import { asKithError, type Clock, type Instant, KithError, type KithErrorCode, newId } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import {
  checkLength,
  mayCorrect,
  type Account,
  type AccountId,
  type ContactId,
  type ConversationTarget,
  type Delivery,
  type Disclosure,
  type Message,
  type MessageId,
  type SharedFile,
} from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import { Doubts, isDoubtful } from './doubts.ts';
import type { Pipeline } from './pipeline.ts';
import { afterTheLast } from './said-at.ts';

export interface OutboxDuties {
  readonly store: Store;
  readonly clock: Clock;
  readonly pipeline: Pipeline;
  connection(account: AccountId): AccountConnection | undefined;
  /** As the person wishes at this moment: a message may have waited. */
  disclosure(): Disclosure;
  /** Its file is to be put where others can fetch it. */
  upload(message: Message): void;
  /** The disk would not note where a message is; it stays where it was. */
  refused(error: unknown): void;
  /** What the disk refused earlier goes first, so that an answer is not stored before its question. */
  aboutToWrite(account: AccountId): void;
  /** When the last message of a conversation was said. */
  lastSaid(account: AccountId, target: ConversationTarget): Instant | undefined;
  /** A message of ours is new on disk. */
  spoke(message: Message): void;
  /** Messages have changed on disk. */
  changed(messages: readonly Message[]): void;
}

export class Outbox {
  readonly #duties: OutboxDuties;
  /** Accounts whose queue is being sent; true when there may be more behind. */
  readonly #sending = new Map<AccountId, boolean>();
  readonly #doubts: Doubts;

  constructor(duties: OutboxDuties) {
    this.#duties = duties;
    this.#doubts = new Doubts({
      archive: (account) => duties.connection(account)?.facet('archive'),
      settled: (account) => this.flush(account),
    });
  }

  /** Stored as queued when it resolves. Rejects 'disk' when it cannot be kept: it is then not sent either; 'invalid-argument' when it is empty or too long. */
  async send(account: Account, target: ConversationTarget, body: string): Promise<Message> {
    if (body.trim() === '') throw new KithError('invalid-argument', 'There is nothing to send');
    checkLength(body);
    return this.#write(account, target, { body });
  }

  /** As a message that waits until its file has an address. */
  sendFile(account: Account, target: ConversationTarget, file: SharedFile): Promise<Message> {
    return this.#write(account, target, { body: file.name, file });
  }

  async #write(account: Account, target: ConversationTarget, said: Pick<Message, 'body' | 'file'>): Promise<Message> {
    const id = newId<MessageId>();
    const at = afterTheLast(this.#duties.clock.now(), this.#duties.lastSaid(account.id, target));
    const message = await this.#passed({
      id,
      account: account.id,
      target,
      direction: 'outgoing',
      from: account.address as ContactId,
      ...said,
      at,
      origin: id,
      delivery: { state: 'queued', at },
    });
    this.#duties.aboutToWrite(account.id);
    this.#duties.store.keep([message]);
    this.#duties.spoke(message);
    this.flush(account.id);
    return message;
  }

  /** Returns it as it is shown then. Rejects as `send` does; 'not-found', 'not-supported', and 'invalid-argument' when it may not be corrected. */
  async correct(id: MessageId, body: string): Promise<Message> {
    if (body.trim() === '') throw new KithError('invalid-argument', 'There is nothing to send');
    checkLength(body);
    const message = this.#message(id);
    const now = this.#duties.clock.now();
    if (!mayCorrect(message, now)) throw new KithError('invalid-argument', 'This message can no longer be changed');
    if (body === message.body) return message;
    // Other words would stand beside the first, if those arrived.
    if (isDoubtful(message.delivery))
      throw new KithError(
        'invalid-argument',
        'Whether this message arrived is still being found out; change it after that',
      );
    const { store } = this.#duties;
    const at = Math.max(now, message.edit?.at ?? message.at);
    const last = message.edit?.by ?? id;
    if (isUnheard(message.delivery)) {
      const { body: words } = await this.#passed({ ...message, body });
      this.#duties.aboutToWrite(message.account);
      // Meanwhile it may have gone out.
      if (isUnheard(store.message(last)?.delivery)) {
        store.reword(last, words);
        return this.#again(last, message);
      }
    }
    if (this.#duties.connection(message.account)?.offers('corrections') === false)
      throw new KithError('not-supported', 'This network cannot change what was said');
    const { origin = id, edit: _edited, archive: _kept, caughtUp: _seen, ...same } = message;
    const correction = newId<MessageId>();
    const written = await this.#passed({
      ...same,
      id: correction,
      origin: correction,
      body,
      at,
      replaces: origin,
      delivery: { state: 'queued', at },
    });
    this.#duties.aboutToWrite(message.account);
    const { corrected } = store.keep([written]);
    this.#duties.changed(corrected);
    this.flush(message.account);
    return store.shown(id) ?? message;
  }

  /** A person says: send it again. Throws 'not-found', or 'invalid-argument' when it is not one that failed or is unconfirmed. */
  retry(id: MessageId): void {
    const message = this.#message(id);
    const state = message.delivery?.state;
    if (state !== 'failed' && state !== 'unconfirmed') {
      throw new KithError('invalid-argument', 'Only a message that failed or is unconfirmed can be sent again');
    }
    this.#again(message.edit?.by ?? id, message, state === 'unconfirmed' ? { reason: 'not-confirmed' } : {});
  }

  /** Returns what is `left` of one that was corrected. Throws 'not-found'. */
  discard(id: MessageId): Message & { readonly left?: Message } {
    const message = this.#message(id);
    const { store } = this.#duties;
    this.#doubts.forget(message.edit?.by ?? id);
    store.removeMessage(message.edit?.by ?? id);
    const left = store.shown(id);
    return left === undefined ? message : { ...message, left };
  }

  async #passed(written: Message): Promise<Message> {
    const [message] = await this.#duties.pipeline.pass([written], 'transform', 'decorate');
    if (message === undefined) throw new KithError('cancelled', 'A plugin kept this message from being sent');
    return message;
  }

  #again(id: MessageId, message: Message, doubt: Pick<Delivery, 'reason'> = {}): Message {
    this.#save(id, { ...doubt, state: 'queued', at: this.#duties.clock.now() }, true);
    this.flush(message.account);
    return this.#duties.store.shown(id) ?? message;
  }

  /** Sends what is queued, in order, while the account is online. One at a time for each account. */
  flush(account: AccountId): void {
    if (this.#sending.has(account)) {
      this.#sending.set(account, true);
      return;
    }
    this.#flush(account).catch((error: unknown) => this.#duties.refused(error));
  }

  /** The protocol says what became of one. */
  delivered(id: MessageId, delivery: Delivery): void {
    this.#save(id, delivery);
  }

  /** The server's archive has them: whatever we feared, they arrived. */
  confirmed(ids: readonly MessageId[]): void {
    for (const id of ids) this.#save(id, { state: 'sent', at: this.#duties.clock.now() });
  }

  /** Whoever was to tell us what becomes of these is gone. */
  lostSightOf(account: AccountId): void {
    const { store, clock } = this.#duties;
    for (const { id } of store.outgoing(account, 'sending')) {
      this.#save(id, { state: 'unconfirmed', at: clock.now(), reason: 'not-confirmed' });
    }
  }

  async #flush(account: AccountId): Promise<void> {
    try {
      do {
        this.#sending.set(account, false);
        for (const { id } of this.#duties.store.outgoing(account, 'queued')) {
          if (!(await this.#sendOne(account, id))) break;
        }
      } while (this.#sending.get(account) === true);
    } finally {
      this.#sending.delete(account);
    }
  }

  /** False when nothing more can go now. */
  async #sendOne(account: AccountId, id: MessageId): Promise<boolean> {
    const connection = this.#duties.connection(account);
    const messages = connection?.facet('messages');
    if (messages === undefined) return false;
    const corrections = connection?.facet('corrections');
    const waiting = this.#duties.store.message(id);
    if (waiting?.file?.url === '') {
      // Nothing of it is written yet; what is said after it need not wait.
      this.#duties.upload(waiting);
      return true;
    }
    // It waits for its room, and nothing else waits for it.
    const to = waiting?.target;
    if (to?.kind === 'room' && connection?.living.rooms.get(to.room)?.status !== 'joined') return true;
    // Nor does anything wait for what the archive is still read for.
    if (waiting !== undefined && isDoubtful(waiting.delivery) && !this.#doubts.isMissing(waiting)) return true;
    // Nothing to save means: meanwhile discarded, or known to have arrived.
    // On disk before it can be on any wire: killed in between, it is 'unconfirmed' at the next start, and never sent twice.
    const message = this.#save(id, { state: 'sending', at: this.#duties.clock.now() });
    if (message === undefined) return true;
    try {
      const { target, body, at, file, replaces } = message;
      const disclosure = this.#duties.disclosure();
      const outgoing = { id, target, body, at, disclosure, ...(file === undefined ? {} : { isFile: true as const }) };
      if (replaces === undefined) await messages.send(outgoing);
      else if (corrections !== undefined) await corrections.correct(outgoing, replaces);
      else throw new KithError('not-supported', 'This network cannot change what was said');
      return true;
    } catch (error) {
      return this.#refused(id, asKithError(error));
    }
  }

  #refused(id: MessageId, { code, message }: KithError): boolean {
    const at = this.#duties.clock.now();
    // The protocol's promise: 'not-online' means not a byte of it was written.
    if (code === 'not-online') {
      if (this.#duties.store.message(id)?.delivery?.state === 'sending') this.#save(id, { state: 'queued', at }, true);
      return false;
    }
    if (uncertain.has(code)) this.#save(id, { state: 'unconfirmed', at, reason: 'not-confirmed' });
    else this.#save(id, { state: 'failed', at, reason: code, text: message });
    return true;
  }

  #message(id: MessageId): Message {
    const message = this.#duties.store.message(id);
    if (message?.direction !== 'outgoing') throw new KithError('not-found', 'There is no such message');
    return message;
  }

  #save(id: MessageId, delivery: Delivery, force = false): Message | undefined {
    const message = this.#duties.store.saveDelivery(id, delivery, force);
    if (message !== undefined) this.#duties.changed([this.#duties.store.shown(id) ?? message]);
    return message;
  }
}

/** Nobody but us has these words: they may simply be others. */
const isUnheard = (delivery: Delivery | undefined): boolean =>
  delivery?.state === 'failed' || (delivery?.state === 'queued' && !isDoubtful(delivery));

/** After these nobody knows whether it was written. */
const uncertain: ReadonlySet<KithErrorCode> = new Set([
  'protocol-crashed',
  'network',
  'server-silent',
  'timeout',
  'cancelled',
  'internal',
  'not-confirmed',
]);
