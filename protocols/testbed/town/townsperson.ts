/** Somebody of the town: at home or not, in a mood, in conversations. */
import { type Disposable, DisposableStack, type Random } from '../../../src/base/index.ts';
import type { ContactId, Presence } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import type { Ear, Letter } from '../network/resident.ts';
import { authorise } from '../network/subscriptions.ts';
import { openers } from './openers.ts';
import type { Sketch } from './people.ts';
import { Bag } from './bag.ts';
import { Talk } from './talk.ts';
import { Timers } from './timers.ts';
import { Wits } from './wits.ts';

export class Townsperson implements Disposable {
  readonly address: ContactId;
  readonly sketch: Sketch;
  readonly #network: Network;
  readonly #random: Random;
  readonly #moods: Bag<Presence>;
  readonly #wits: Wits;
  readonly #talks = new Map<ContactId, Talk>();
  readonly #timers: Timers;
  /** What they still want to say of their own accord, to whoever is there. */
  readonly #thoughts: (readonly string[])[];
  readonly #undo = new DisposableStack();
  #atHome = false;

  /** `visits`: how often the account has been here before; nobody tells the same stories first again. */
  constructor(network: Network, sketch: Sketch, random: Random, visits: number) {
    this.address = sketch.at as ContactId;
    this.sketch = sketch;
    this.#network = network;
    this.#random = random;
    this.#moods = new Bag(sketch.moods, random);
    this.#wits = new Wits(sketch.at, random);
    const thoughts = openers[sketch.at] ?? [];
    const first = visits % Math.max(1, thoughts.length);
    this.#thoughts = [...thoughts.slice(first), ...thoughts.slice(0, first)];
    this.#timers = this.#undo.use(new Timers(network.clock));
    this.#undo.defer(() => this.#away());
    this.#become(sketch.moods[0]!);
    this.#wanderLater();
  }

  /** Someone who can start a conversation now. */
  canBegin(other: ContactId): boolean {
    const talk = this.#talks.get(other);
    const { availability } = this.#network.resident(this.address).presence;
    return (
      this.#atHome &&
      (availability === 'available' || availability === 'busy') &&
      this.#thoughts.length > 0 &&
      talk?.engaged !== true &&
      talk?.awaitsAnswer !== true
    );
  }

  begin(other: ContactId): void {
    const thought = this.#thoughts.shift();
    if (thought) this.#talkWith(other).begin(thought);
  }

  hesitate(other: ContactId): void {
    if (this.#atHome) this.#talkWith(other).hesitate();
  }

  /** Whoever left does not hear the rest. */
  stopTalkingWith(other: ContactId): void {
    this.#talks.get(other)?.[Symbol.dispose]();
    this.#talks.delete(other);
  }

  [Symbol.dispose](): void {
    for (const talk of this.#talks.values()) talk[Symbol.dispose]();
    this.#talks.clear();
    this.#undo[Symbol.dispose]();
  }

  readonly #ear: Ear = {
    listChanged: (of) => this.#listChanged(of),
    presenceChanged() {},
    letter: (letter: Letter) => this.#talkWith(letter.from).heard(letter),
    delivery() {},
    chatState() {},
    invited() {},
    replaced: () => (this.#atHome = false),
  };

  /** Asked, they think about it and agree; let in, they say thank you. */
  #listChanged(of: ContactId): void {
    const { theySeeUs, weSeeThem } = this.#network.resident(this.address).entry(of);
    if (theySeeUs === 'asked' && this.sketch.silent !== true) {
      this.#timers.after(this.#random.between(1_500, 4_000), () => authorise(this.#network, this.address, of));
    }
    if (weSeeThem === 'yes' && this.sketch.asks !== undefined && !this.#talks.has(of)) {
      this.#talkWith(of).begin([
        'You remembered! I owe you a shawl.',
        'And an explanation about the owl, which is longer.',
      ]);
    }
  }

  #talkWith(other: ContactId): Talk {
    const known = this.#talks.get(other);
    if (known) return known;
    const between = { self: this.address, other };
    const talk = new Talk(this.#network, between, this.#wits, this.#random, () => this.#rouse());
    this.#talks.set(other, talk);
    return talk;
  }

  /** Nobody answers while away: they are back, then. */
  #rouse(): void {
    const { availability } = this.#network.resident(this.address).presence;
    const back = this.sketch.moods.find((mood) => mood.availability === 'available');
    if (back && (availability === 'away' || availability === 'extended-away')) this.#become(back);
  }

  #wanderLater(): void {
    this.#timers.after(this.#random.between(120_000, 420_000), () => {
      const engaged = [...this.#talks.values()].some((talk) => talk.engaged);
      if (this.#moods.left === 0) this.#moods.refill();
      const mood = engaged ? undefined : this.#moods.draw();
      if (mood) this.#become(mood);
      this.#wanderLater();
    });
  }

  #become(presence: Presence): void {
    if (presence.availability === 'offline') return this.#away();
    if (this.#atHome) return this.#network.setPresence(this.address, presence);
    this.#atHome = true;
    this.#network.arrive(this.address, presence, this.#ear);
    this.#network.handOver(this.address);
  }

  #away(): void {
    if (!this.#atHome) return;
    this.#atHome = false;
    this.#network.leave(this.address, this.#ear);
  }
}
