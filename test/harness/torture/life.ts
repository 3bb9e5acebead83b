/** One life of Kith, from its start to the kill -9 that ends it, with someone who keeps talking through it. */
import { pause, type Random, silentLog, systemClock } from '../../../src/base/index.ts';
import type { HouseEvent } from '../../../src/contracts/index.ts';
import { type AccountId, type ContactId, conversationId, type Message } from '../../../src/domain/index.ts';
import { findRunning, type RunningKith } from '../../../src/shell/socket/index.ts';
import { startHeadless } from '../kith.ts';
import type { Run } from '../processes.ts';
import { bounded } from '../waiting.ts';
import type { Moment, Occasion } from './moments.ts';
import type { Handed } from './verdict.ts';

/** Milliseconds a life lasts at most, for a moment that does not come. */
const longest = 4_000;

export interface LifeDuties {
  readonly profile: string;
  readonly account: AccountId;
  /** Whom it talks with. */
  readonly peer: ContactId;
  readonly random: Random;
  /** The next thing to say. */
  nextBody(): string;
  handed(one: Handed): void;
  /** Its person says: send it again. */
  sentAgain(body: string): void;
  /** Kith tells that this is where its message is. */
  told(message: Message): void;
  note(what: string): void;
}

export class Life {
  readonly #duties: LifeDuties;
  readonly #counts = new Map<Occasion, number>();
  #awaited: { readonly moment: Moment; readonly come: () => void } | undefined;
  readonly #impatience: Random;
  #kith: RunningKith | undefined;
  #over = false;

  constructor(duties: LifeDuties) {
    this.#duties = duties;
    this.#impatience = duties.random.fork('impatience');
  }

  get over(): boolean {
    return this.#over;
  }

  /** Resolves when it is dead. */
  async until(moment: Moment): Promise<void> {
    const come = new Promise<void>((resolve) => (this.#awaited = { moment, come: resolve }));
    let stand!: () => void;
    const standing = new Promise<void>((resolve) => (stand = resolve));
    const run = startHeadless(this.#duties.profile, () => stand());
    this.#happened('start');
    const talking = Promise.race([standing, run.ended]).then(() => this.#talk(run));
    try {
      await Promise.race([come, pause(systemClock, longest), run.ended, talking.then(() => come)]);
      if (run.exit !== undefined)
        throw new Error(`Kith ended by itself (${run.exit.code})\n${run.errors}${run.output}`);
    } finally {
      this.#over = true;
      await run.end('SIGKILL');
    }
    await talking;
  }

  /** Goes offline and comes back, saying something in the very moment. */
  async flicker(): Promise<void> {
    const kith = this.#kith;
    if (kith === undefined) return;
    const { random } = this.#duties;
    const set = (availability: 'offline' | 'available') => this.#show(kith, availability);
    const say = () => this.#say(kith);
    const rounds = 1 + Math.floor(random.between(0, 3));
    for (let round = 0; round < rounds && !this.#over; round += 1) {
      // Asked in one breath, or a little apart: before, while and after the session ends.
      const asked = [say(), set('offline'), say()];
      if (random.chance(0.7)) await pause(systemClock, random.between(0, 25));
      asked.push(say(), set('available'), say());
      if (random.chance(0.5)) await pause(systemClock, random.between(0, 120));
      await Promise.allSettled(asked);
    }
  }

  async #talk(run: Run): Promise<void> {
    const { profile, random } = this.#duties;
    if (run.exit !== undefined) return;
    const kith = await findRunning(profile, { log: silentLog, clock: systemClock }).catch(() => undefined);
    if (kith === undefined) return;
    const hearing = kith.onDidHear(({ events }) => {
      for (const event of events) this.#hear(event);
    });
    try {
      const { connections } = await bounded('its house', kith.ask('house.join', {}), longest);
      this.#kith = kith;
      this.#happened('standing');
      // The life before may have ended while it was asked to be offline.
      void this.#show(kith, 'available');
      if (connections.some(({ status }) => status === 'online')) this.#happened('online');
      void this.#lookBack(kith);
      while (!this.#over) {
        const burst = random.chance(0.08) ? Math.floor(random.between(3, 15)) : 1;
        const said = Array.from({ length: burst }, () => this.#say(kith));
        // One at a time or many at once, as a person or a program would.
        if (random.chance(0.5)) await Promise.all(said);
        await pause(systemClock, -40 * Math.log(1 - random.next()));
      }
    } catch (error) {
      if (!this.#over) throw error;
    } finally {
      this.#kith = undefined;
      hearing[Symbol.dispose]();
      kith[Symbol.dispose]();
    }
  }

  /** What the life before left open. */
  async #lookBack(kith: RunningKith): Promise<void> {
    const { account, peer } = this.#duties;
    const conversation = conversationId(account, { kind: 'contact', contact: peer });
    const page = await kith.ask('history.page', { conversation, limit: 50 }).catch(() => undefined);
    for (const message of page?.messages ?? []) this.#decide(kith, message);
  }

  /** Somebody impatient does not wait for what the server may still say. */
  #decide(kith: RunningKith, { id, body, delivery }: Message): void {
    if (delivery?.state !== 'unconfirmed' || this.#over || !this.#impatience.chance(0.4)) return;
    this.#duties.sentAgain(body);
    // Meanwhile it may be known to have arrived, or the kill comes before the answer.
    kith.ask('message.retry', { message: id }).catch(() => undefined);
  }

  /** Never rejects: the kill may come before the answer. */
  async #show(kith: RunningKith, availability: 'offline' | 'available'): Promise<void> {
    await kith.ask('presence.set', { availability, message: '' }).catch(() => undefined);
  }

  async #say(kith: RunningKith): Promise<void> {
    if (this.#over) return;
    const { account, peer } = this.#duties;
    const one: Handed = { body: this.#duties.nextBody(), answered: false };
    this.#duties.handed(one);
    try {
      const target = { kind: 'contact', contact: peer } as const;
      await bounded('an answer', kith.ask('message.send', { account, target, body: one.body }), longest);
      one.answered = true;
      this.#duties.note(`taken ${one.body}`);
      this.#happened('handed');
    } catch (error) {
      if (!this.#over) throw error;
    }
  }

  #hear(event: HouseEvent): void {
    if (event.type === 'connection-changed' && event.event.type === 'status-changed') {
      this.#duties.note(`status ${event.event.status} ${event.event.reason?.code ?? ''}`);
      if (event.event.status === 'online') this.#happened('online');
    }
    if (event.type !== 'messages-changed') return;
    for (const message of event.changed) {
      this.#duties.told(message);
      this.#duties.note(`told ${message.direction} ${message.body} ${message.delivery?.state ?? ''}`);
      if (this.#kith !== undefined) this.#decide(this.#kith, message);
      this.#happened('told');
    }
  }

  #happened(occasion: Occasion): void {
    const count = (this.#counts.get(occasion) ?? 0) + 1;
    this.#counts.set(occasion, count);
    const awaited = this.#awaited;
    if (awaited?.moment.after !== occasion || awaited.moment.which !== count) return;
    systemClock.after(awaited.moment.delay, awaited.come);
  }
}
