/** One person talking with one account: reads, thinks, types with pauses, says, and waits for an answer. */
import { type Disposable, newId, type Random } from '../../../src/base/index.ts';
import type { Availability, ContactId } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import type { Letter } from '../network/resident.ts';
import { Timers } from './timers.ts';
import type { Wits } from './wits.ts';

/** Milliseconds until what arrived is looked at, by how present someone is. */
const glances: Readonly<Partial<Record<Availability, readonly [number, number]>>> = {
  available: [700, 2_200],
  busy: [3_000, 8_000],
  away: [9_000, 25_000],
  'extended-away': [20_000, 45_000],
};

export class Talk implements Disposable {
  readonly #network: Network;
  readonly #self: ContactId;
  readonly #other: ContactId;
  readonly #wits: Wits;
  readonly #random: Random;
  readonly #timers: Timers;
  /** Called before typing: who was away comes back to answer. */
  readonly #onRoused: () => void;
  #unread: Letter[] = [];
  #toSay: string[] = [];
  #glance: Disposable | undefined;
  #typing = false;
  #awaited = false;

  constructor(
    network: Network,
    between: { self: ContactId; other: ContactId },
    wits: Wits,
    random: Random,
    onRoused: () => void,
  ) {
    this.#network = network;
    this.#self = between.self;
    this.#other = between.other;
    this.#wits = wits;
    this.#random = random;
    this.#timers = new Timers(network.clock);
    this.#onRoused = onRoused;
  }

  /** In the middle of reading, typing or saying. */
  get engaged(): boolean {
    return this.#typing || this.#toSay.length > 0 || this.#glance !== undefined;
  }

  /** Has said something of their own accord that nobody has answered: a polite person waits. */
  get awaitsAnswer(): boolean {
    return this.#awaited;
  }

  heard(letter: Letter): void {
    this.#awaited = false;
    this.#network.advance(letter, 'delivered');
    this.#unread.push(letter);
    if (!this.#typing) this.#glanceSoon();
  }

  /** Says something of their own accord. */
  begin(lines: readonly string[]): void {
    this.#awaited = true;
    this.#say(lines);
  }

  /** Begins to type and thinks better of it. */
  hesitate(): void {
    if (this.engaged) return;
    this.#typing = true;
    this.#state('composing');
    this.#timers.after(this.#random.between(2_000, 5_000), () => this.#state('paused'));
    this.#timers.after(this.#random.between(6_000, 9_000), () => {
      this.#state('active');
      this.#finish();
    });
  }

  [Symbol.dispose](): void {
    if (this.#typing) this.#state('active');
    this.#timers[Symbol.dispose]();
  }

  #glanceSoon(): void {
    const { availability } = this.#network.resident(this.#self).presence;
    const [least, most] = glances[availability] ?? [1_000, 3_000];
    this.#glance?.[Symbol.dispose]();
    this.#glance = this.#timers.after(this.#random.between(least, most), () => this.#read());
  }

  #read(): void {
    this.#glance = undefined;
    const read = this.#unread.splice(0);
    for (const letter of read) this.#network.advance(letter, 'read');
    const answer = this.#wits.answer(read.map(({ body }) => body));
    if (answer.length === 0) return;
    this.#onRoused();
    this.#timers.after(this.#random.between(400, 1_400), () => this.#say(answer));
    this.#typing = true;
  }

  #say(lines: readonly string[]): void {
    this.#toSay.push(...lines);
    this.#typing = true;
    this.#type();
  }

  #type(): void {
    const line = this.#toSay.shift();
    if (line === undefined) return this.#finish();
    const takes = Math.min(6_000, 900 + line.length * 45) * this.#random.between(0.8, 1.2);
    this.#state('composing');
    if (takes > 3_500 && this.#random.chance(0.4)) {
      this.#timers.after(takes * 0.4, () => this.#state('paused'));
      this.#timers.after(takes * 0.55, () => this.#state('composing'));
    }
    this.#timers.after(takes, () => {
      this.#send(line);
      const next = this.#toSay.length > 0 ? this.#random.between(400, 1_200) : 0;
      this.#timers.after(next, () => this.#type());
    });
  }

  #finish(): void {
    this.#typing = false;
    if (this.#unread.length > 0) this.#glanceSoon();
  }

  #send(body: string): void {
    const letter = this.#network.post(this.#self, this.#other, { id: newId(), body });
    this.#network.deliver(letter);
  }

  #state(state: 'composing' | 'paused' | 'active'): void {
    this.#network.chatState(this.#self, this.#other, state);
  }
}
