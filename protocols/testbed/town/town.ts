/** The people of the demo: there from the first account with a town on, until the last one leaves. */
import { type Disposable, Random } from '../../../src/base/index.ts';
import type { ContactId, Room } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import type { Letter } from '../network/resident.ts';
import { authorise } from '../network/subscriptions.ts';
import type { Townsfolk } from '../session.ts';
import { life } from './life.ts';
import { recall } from './past.ts';
import { company, neighbours, type Sketch } from './people.ts';
import { rehearsalFor, rehearse } from './rehearsal.ts';
import { Townsperson } from './townsperson.ts';

/** Milliseconds until someone who was asked long ago makes up their mind. */
const slowAnswer = 150_000;

export class Town implements Townsfolk {
  readonly #network: Network;
  readonly #random: Random;
  readonly #people = new Map<Sketch, Townsperson>();
  readonly #lives = new Map<ContactId, Disposable>();
  readonly #filled = new Set<ContactId>();
  #rehearsal: Disposable | undefined;

  constructor(network: Network, seed: number) {
    this.#network = network;
    this.#random = new Random(seed);
  }

  /** Returns what was said before, oldest first; what is unread waits to be handed over. */
  welcome(account: ContactId, visits: number): readonly Letter[] {
    this.#rehearsal ??= rehearse(this.#network, this.#random.fork('rehearsal'));
    const sketches = account.endsWith('@globe.testbed') ? company : neighbours;
    const people = sketches.map((sketch) => this.#person(sketch, visits));
    const told = this.#filled.has(account) ? [] : this.#fill(account, people, visits > 0);
    this.#lives.get(account)?.[Symbol.dispose]();
    this.#lives.set(account, life(this.#network, account, people, this.#random.fork(account)));
    const hesitant = people.filter(({ sketch }) => sketch.silent === true);
    for (const { address } of hesitant) this.#decideLater(account, address);
    return told;
  }

  rooms(account: ContactId, visits: number): readonly Room[] {
    return visits > 0 ? [] : [rehearsalFor(account.split('@')[0] ?? account)];
  }

  farewell(account: ContactId): void {
    this.#lives.get(account)?.[Symbol.dispose]();
    this.#lives.delete(account);
    for (const person of this.#people.values()) person.stopTalkingWith(account);
    if (this.#lives.size > 0) return;
    for (const person of this.#people.values()) person[Symbol.dispose]();
    this.#people.clear();
    this.#rehearsal?.[Symbol.dispose]();
    this.#rehearsal = undefined;
  }

  #person(sketch: Sketch, visits: number): Townsperson {
    const known = this.#people.get(sketch);
    if (known) return known;
    const person = new Townsperson(this.#network, sketch, this.#random.fork(`${sketch.at}${visits}`), visits);
    this.#people.set(sketch, person);
    return person;
  }

  /** The list, unless the account brought its own from an earlier life, and the past. */
  #fill(account: ContactId, people: readonly Townsperson[], known: boolean): readonly Letter[] {
    this.#filled.add(account);
    const resident = this.#network.resident(account);
    const unlisted = resident.list.size === 0;
    const past: Letter[] = [];
    for (const { address, sketch } of people) {
      if (unlisted) this.#introduce(account, address, sketch);
      const { old, unread } = recall(this.#network, account, address);
      past.push(...old);
      if (!known) resident.waiting.push(...unread);
    }
    return known ? [] : past.toSorted((one, other) => one.at - other.at);
  }

  #introduce(account: ContactId, person: ContactId, { alias, groups, asks, silent }: Sketch): void {
    if (asks !== undefined) {
      this.#network.write(account, person, { theySeeUs: 'asked', request: asks });
      this.#network.write(person, account, { listed: true, weSeeThem: 'asked' });
      return;
    }
    const weSeeThem = silent === true ? 'asked' : 'yes';
    this.#network.write(account, person, { alias, groups, listed: true, theySeeUs: 'yes', weSeeThem });
    this.#network.write(person, account, {
      listed: true,
      weSeeThem: 'yes',
      theySeeUs: silent === true ? 'asked' : 'yes',
    });
  }

  #decideLater(account: ContactId, person: ContactId): void {
    if (this.#network.resident(account).entry(person).weSeeThem !== 'asked') return;
    const before = this.#lives.get(account);
    const deciding = this.#network.clock.after(slowAnswer, () => authorise(this.#network, person, account));
    this.#lives.set(account, {
      [Symbol.dispose]() {
        deciding[Symbol.dispose]();
        before?.[Symbol.dispose]();
      },
    });
  }
}
