/** What became of our messages: from the socket to the other side's eyes. */
import type { Clock, Instant, KithErrorCode } from '../../src/base/index.ts';
import type { ContactId, DeliveryState, MessageId, RoomId } from '../../src/domain/index.ts';
import type { Facts } from './facts.ts';

/** As many of the last messages are known by recipient. */
const known = 1_000;

export class Outbox {
  readonly #facts: Facts;
  readonly #clock: Clock;
  /** Written, not acknowledged. */
  readonly #inFlight = new Set<MessageId>();
  /** Whom the last ones went to, oldest first, until they were read. */
  readonly #recipients = new Map<MessageId, ContactId>();

  constructor(facts: Facts, clock: Clock) {
    this.#facts = facts;
    this.#clock = clock;
  }

  wrote(id: MessageId, to: ContactId): void {
    this.#inFlight.add(id);
    this.#recipients.set(id, to);
    const [oldest] = this.#recipients.keys();
    if (this.#recipients.size > known && oldest !== undefined) this.#recipients.delete(oldest);
    this.#say(id, 'sending');
  }

  /** The server has it. */
  acknowledged(id: MessageId): void {
    if (this.#inFlight.delete(id)) this.#say(id, 'sent');
  }

  /** A device of theirs has it. Anyone but the recipient is not believed. */
  delivered(id: MessageId, by: ContactId, at: Instant): void {
    if (!this.#answered(id, by)) return;
    this.#say(id, 'delivered', { at });
  }

  /** It was shown, and so were those before it (XEP-0333 section 5.1). */
  read(id: MessageId, by: ContactId, at: Instant): void {
    if (!this.#answered(id, by)) return;
    const last = this.#recipients.has(id);
    for (const [earlier, to] of last ? this.#recipients : []) {
      if (to !== by) continue;
      this.#recipients.delete(earlier);
      if (earlier === id) break;
      this.#say(earlier, 'read', { at });
    }
    this.#say(id, 'read', { at });
  }

  refused(id: MessageId, by: ContactId, reason: KithErrorCode, text: string): void {
    if (this.#answered(id, by)) this.#say(id, 'failed', { reason, text });
  }

  /** Written by this program, not so long ago. */
  isUnderWay(origin: string | undefined): boolean {
    return origin !== undefined && this.#recipients.has(origin as MessageId);
  }

  /** As `giveUp`, for what went to one room that we are out of. */
  giveUpOn(room: RoomId): void {
    for (const id of [...this.#inFlight]) {
      if (this.#recipients.get(id) !== (room as string)) continue;
      this.#inFlight.delete(id);
      this.#say(id, 'unconfirmed');
    }
  }

  /** Nobody can speak any more for what was not acknowledged. */
  giveUp(): void {
    for (const id of this.#inFlight) this.#say(id, 'unconfirmed');
    this.#inFlight.clear();
  }

  /** Of an older message the recipient is no longer known; its id, which nobody can guess, must do. */
  #answered(id: MessageId, by: ContactId): boolean {
    const to = this.#recipients.get(id);
    if (to !== undefined && to !== by) return false;
    // Whoever answers has it from the server, whose own word may come later.
    this.acknowledged(id);
    return true;
  }

  #say(
    message: MessageId,
    state: DeliveryState,
    more: { readonly at?: Instant; readonly reason?: KithErrorCode; readonly text?: string } = {},
  ): void {
    this.#facts.say({ type: 'delivery-changed', message, delivery: { state, at: this.#clock.now(), ...more } });
  }
}
