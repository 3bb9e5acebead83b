/** Some lives of Kith one after another on one profile, with one server and one counterpart, and what they leave behind. */
import { rm } from 'node:fs/promises';
import { asKithError, pause, type Random, silentLog, systemClock } from '../../../src/base/index.ts';
import type { AccountId, ContactId, Message, MessageId } from '../../../src/domain/index.ts';
import { openStore } from '../../../src/storage/index.ts';
import { type KithRun, newProfile, startKith } from '../kith.ts';
import { startProsody, type Prosody } from '../prosody.ts';
import { until } from '../waiting.ts';
import { saidBy } from './archive-reader.ts';
import { Counterpart } from './counterpart.ts';
import { Life } from './life.ts';
import { drawMoment, inWords } from './moments.ts';
import { Relay } from './relay.ts';
import { type Handed, judge, together, type Verdict } from './verdict.ts';

/** Milliseconds that may pass until all is quiet after the last kill. */
const quietWithin = 30_000;

export interface ChapterResult {
  readonly kills: number;
  /** Messages handed to Kith, and said to it. */
  readonly outgoing: number;
  readonly incoming: number;
  readonly verdict: Verdict;
  /** What happened, line by line, for whoever has to find out why. */
  readonly story: readonly string[];
}

/** Throws what has nothing to do with lost messages: a server that does not start, a Kith that ends by itself. */
export async function tellChapter(random: Random, kills: number): Promise<ChapterResult> {
  const server = await startProsody({ users: ['alice', 'bob'] });
  const relay = await Relay.to(server.port);
  const profile = await newProfile();
  const chapter = new Chapter(server, relay, profile, random);
  try {
    return await chapter.tell(kills);
  } finally {
    await chapter.end();
    await relay.end();
    await server.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Chapter {
  readonly #server: Prosody;
  readonly #relay: Relay;
  readonly #profile: string;
  readonly #random: Random;
  readonly #counterpart: Counterpart;
  readonly #handed: Handed[] = [];
  readonly #claimed = new Set<MessageId>();
  readonly #sentAgain = new Set<string>();
  readonly #story: string[] = [];
  readonly #began = systemClock.now();
  #said = 0;
  #talking: Promise<void> | undefined;
  #over = false;

  constructor(server: Prosody, relay: Relay, profile: string, random: Random) {
    this.#server = server;
    this.#relay = relay;
    this.#profile = profile;
    this.#random = random;
    this.#counterpart = new Counterpart(server, 'bob', server.address('alice'));
  }

  async tell(kills: number): Promise<ChapterResult> {
    const account = await this.#signIn();
    await this.#counterpart.online();
    this.#talking = this.#talk();
    for (let count = 1; count <= kills; count += 1) await this.#live(count, account);
    await this.#hush();
    const first = await this.#settled(account);
    // What Kith does not know it asks a person about, and the person says: send it again.
    const second = await this.#sendAgain(account);
    const verdict = together([first, second]);
    return { kills, outgoing: this.#handed.length, incoming: this.#said, verdict, story: this.#story };
  }

  async end(): Promise<void> {
    await this.#hush();
    await this.#counterpart.end();
  }

  async #signIn(): Promise<AccountId> {
    const added = await startKith({ profile: this.#profile });
    try {
      return await added.signIn({ ...this.#server, port: this.#relay.port }, 'alice');
    } finally {
      await added.stop();
    }
  }

  async #live(count: number, account: AccountId): Promise<void> {
    const moment = drawMoment(this.#random);
    this.#note(`life ${count} ends ${inWords(moment)}`);
    const life = new Life({
      profile: this.#profile,
      account,
      peer: this.#counterpart.address as ContactId,
      random: this.#random.fork(`life ${count}`),
      nextBody: () => `out ${this.#handed.length + 1}`,
      handed: (one) => this.#handed.push(one),
      sentAgain: (body) => this.#again(body),
      told: (message) => this.#told(message),
      note: (what) => this.#note(what),
    });
    const dead = life.until(moment);
    await Promise.all([dead, this.#trouble(life, dead)]);
    this.#note(`life ${count} ended`);
  }

  /** What else befalls a life, in half of all cases. */
  async #trouble(life: Life, dead: Promise<void>): Promise<void> {
    const random = this.#random.fork(`trouble ${this.#handed.length}`);
    const lot = random.next();
    if (lot > 0.5) return;
    const wait = (most: number): Promise<void> => Promise.race([pause(systemClock, random.between(0, most)), dead]);
    await wait(1_500);
    if (life.over) return;
    if (lot < 0.15) {
      this.#note('the network is cut');
      this.#relay.cut();
    } else if (lot < 0.25) {
      this.#note('the network stalls');
      this.#relay.stall();
      await wait(300);
      this.#relay.flow();
      this.#note('the network flows');
    } else if (lot < 0.35) {
      this.#note('Kith is deaf');
      this.#relay.deafen();
      await wait(300);
      this.#relay.cut();
      this.#note('the network is cut');
    } else {
      this.#note('the account flickers');
      await life.flicker();
    }
  }

  /** The counterpart talks whether Kith lives or not. */
  async #talk(): Promise<void> {
    const random = this.#random.fork('counterpart');
    while (!this.#over) {
      const burst = random.chance(0.08) ? Math.floor(random.between(3, 15)) : 1;
      for (let count = 0; count < burst; count += 1) if (this.#counterpart.say(`in ${this.#said + 1}`)) this.#said += 1;
      await pause(systemClock, -60 * Math.log(1 - random.next()));
    }
  }

  async #hush(): Promise<void> {
    this.#over = true;
    await this.#talking;
  }

  #told(message: Message): void {
    const state = message.delivery?.state;
    if (state === 'sent' || state === 'delivered' || state === 'read') this.#claimed.add(message.id);
  }

  /** Once more alive, until all is quiet; then judged. */
  async #settled(account: AccountId, again: readonly MessageId[] = []): Promise<Verdict> {
    const last = await startKith({ profile: this.#profile });
    try {
      // It may have been killed while it was asked to be offline.
      await last.ask('presence.set', { availability: 'available', message: '' });
      for (const message of again) await last.ask('message.retry', { message });
      await until('all to be quiet', () => this.#quiet(last), { every: 100, within: quietWithin });
      await until('the archive to be read', () => this.#read(last), { every: 500, within: quietWithin });
    } catch (error) {
      this.#note(asKithError(error).message);
    } finally {
      await last.stop();
    }
    const { said, arrived } = await this.#archived();
    const history = this.#history(account);
    for (const { at, body, delivery } of history) this.#note(`kept ${at} ${body} ${delivery?.state ?? ''}`);
    const evidence = { handed: this.#handed, receipted: this.#counterpart.receipted };
    const memory = { claimed: this.#claimed, sentAgain: this.#sentAgain };
    return judge({ said, arrived, history, ...evidence, ...memory });
  }

  #sendAgain(account: AccountId): Promise<Verdict> {
    const unsure = this.#history(account).filter(({ delivery }) => delivery?.state === 'unconfirmed');
    for (const { body } of unsure) this.#again(body);
    return this.#settled(
      account,
      unsure.map(({ id }) => id),
    );
  }

  #again(body: string): void {
    this.#note(`sent again ${body}`);
    this.#sentAgain.add(body);
  }

  async #archived(): Promise<{ readonly said: readonly string[]; readonly arrived: readonly string[] }> {
    return { said: await saidBy(this.#server, 'alice', 'bob'), arrived: await saidBy(this.#server, 'bob', 'alice') };
  }

  /** Nothing is on its way any more, as far as can be seen without asking the server. */
  async #quiet(last: KithRun): Promise<true | undefined> {
    const history = await last.wholeHistory(this.#counterpart.address);
    const open = history.some(({ delivery }) => delivery?.state === 'queued' || delivery?.state === 'sending');
    return !open && history.filter(({ direction }) => direction === 'incoming').length >= this.#said ? true : undefined;
  }

  /** What Kith feared for is known to have arrived where the server's archive has it: until then it still reads there. */
  async #read(last: KithRun): Promise<true | undefined> {
    const arrived = new Set((await this.#archived()).arrived);
    const history = await last.wholeHistory(this.#counterpart.address);
    return history.some(({ body, delivery }) => delivery?.state === 'unconfirmed' && arrived.has(body))
      ? undefined
      : true;
  }

  #history(account: AccountId): readonly Message[] {
    const store = openStore(this.#profile, { log: silentLog, clock: systemClock });
    try {
      const target = { kind: 'contact', contact: this.#counterpart.address as ContactId } as const;
      return store.history({ account, target, limit: 1_000_000 }).messages;
    } finally {
      store.close();
    }
  }

  #note(what: string): void {
    this.#story.push(`${String(systemClock.now() - this.#began).padStart(7)} ${what}`);
  }
}
