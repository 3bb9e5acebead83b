/** Somebody who knows what the server said and watches what a person is shown of it: a word may only stand where its speaker could have put it. */
import type { Instant } from '../../../src/base/index.ts';
import { bareAddress } from '../../../protocols/xmpp/address.ts';
import type { ArchivePage } from '../../../src/contracts/index.ts';
import {
  availabilities,
  type ConnectionEvent,
  type Contact,
  type ContactId,
  type Message,
} from '../../../src/domain/index.ts';

const self = 'amy@kith.test' as ContactId;
const codes = /^[a-z]+(-[a-z]+)*$/;

const isPage = (answer: unknown): answer is ArchivePage =>
  typeof answer === 'object' && answer !== null && 'messages' in answer;

export class Onlooker {
  readonly #speakers = new Map<string, string>();
  /** What was wrong, in words. */
  readonly complaints: string[] = [];

  readonly #now: () => Instant;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** A word nobody has said yet, said from now on by `from` alone. */
  mark(from: string): string {
    const word = `forged-${this.#speakers.size + 1}-by-nobody-else`;
    this.#speakers.set(word, from);
    return word;
  }

  watch(event: ConnectionEvent): void {
    this.#plain(event, event.type);
    switch (event.type) {
      case 'messages-received':
        for (const message of event.messages) this.#message(message);
        return;
      case 'contacts-changed':
        for (const contact of event.changed) this.#contact(contact);
        return;
      case 'presences-changed':
        for (const [id, presence] of event.presences) {
          this.#address(id);
          if (!availabilities.includes(presence.availability)) this.#complain('no such availability', id);
          this.#spoken(presence, [id]);
        }
        return;
      case 'rooms-changed':
        for (const { invitation, ...room } of event.changed) {
          this.#spoken(room, [room.id]);
          // Who asks somebody into a room also says what it is called and why.
          this.#spoken(invitation, [room.id, invitation?.from ?? '']);
        }
        return;
      case 'occupants-changed':
        return this.#spoken(event.changed, [event.room]);
      case 'blocked-changed':
        for (const blocked of event.blocked) this.#address(blocked);
        return this.#spoken(event, []);
      case 'status-changed':
        if (event.reason !== undefined && !(codes.test(event.reason.code) && event.reason.text.length < 600))
          this.#complain('a reason that is none', event.reason.text.slice(0, 100));
        return;
      case 'chat-state-changed':
        this.#address(event.from);
        return;
      case 'delivery-changed':
        // Whose words these may be depends on whom the message went to, and is asked by tests of their own.
        return;
      default:
        this.#spoken(event, []);
    }
  }

  /** What `of` was asked for and is shown now. A page of the archive has a speaker for each of its messages. */
  watchAnswer(answer: unknown, of: string): void {
    this.#plain(answer, `an answer of ${of}`);
    if (!isPage(answer)) return this.#spoken(answer, [of]);
    for (const message of answer.messages) {
      const { target } = message;
      const where = target.kind === 'room' ? target.room : target.contact;
      if (where !== of) this.#complain(`a message of ${where} is shown among those of`, of);
      this.#message(message);
    }
  }

  #message({ target, from, direction, at, ...rest }: Message): void {
    const [place, speaker] = target.kind === 'room' ? [target.room, target.room] : [target.contact, from];
    this.#address(from);
    if (direction === 'outgoing' && from !== self && target.kind !== 'room')
      this.#complain('somebody else’s message is shown as ours', from);
    if (at > this.#now()) this.#complain('a message stands below all that are yet to come', from);
    this.#spoken(rest, [place, speaker]);
  }

  #contact(contact: Contact): void {
    this.#address(contact.id);
    const { request, nickname, presence, ...listed } = contact;
    this.#spoken({ request, nickname, presence }, [contact.id]);
    this.#spoken(listed, []);
  }

  /** Marked words in `what` must come from one of these, or from our own account and server, whom we believe. */
  #spoken(what: unknown, allowed: readonly string[]): void {
    const text = JSON.stringify(what) ?? '';
    for (const [word] of text.matchAll(/forged-\d+-by-nobody-else/g)) {
      const speaker = bareAddress(this.#speakers.get(word)) ?? '';
      if (!allowed.some((one) => bareAddress(one) === speaker))
        this.#complain(
          `${speaker} put words where only ${allowed.join(' and ') || 'our server'} can`,
          text.slice(0, 300),
        );
    }
  }

  #address(id: string): void {
    if (bareAddress(id) === undefined) this.#complain('this is nobody’s address', id.slice(0, 100));
  }

  /** Facts are plain: JSON carries them whole. */
  #plain(value: unknown, where: string): void {
    if (typeof value === 'number' && !Number.isFinite(value)) this.#complain('this is no number', where);
    else if (typeof value === 'function' || typeof value === 'symbol') this.#complain('this is no value', where);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inside] of Object.entries(value)) this.#plain(inside, `${where}.${key}`);
  }

  #complain(what: string, about: string): void {
    this.complaints.push(`${what}: ${about}`);
  }
}
