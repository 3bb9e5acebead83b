/** One session of amy's, perhaps over several sockets, with a server some of whose words are wrong; and whatever came of it that must not. */
import { asKithError, logTo, type Random } from '../../../src/base/index.ts';
import type { Seat } from '../../../src/contracts/index.ts';
import { availablePresence, snapshot } from '../../../src/domain/index.ts';
import { XmppConnection } from '../../../protocols/xmpp/connection.ts';
import { newStream } from '../../../protocols/xmpp/stream/index.ts';
import { socketPair } from '../socket-pair.ts';
import { TestSeat } from '../test-seat.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { acts, goIntoTheRoom, type Act } from './acts.ts';
import { mutations } from './mutations.ts';
import { Onlooker } from './onlooker.ts';
import type { Recording } from './recording.ts';
import { ReplayServer } from './replay-server.ts';

export interface RoundSettings {
  readonly recording: Recording;
  readonly random: Random;
  /** So many words are changed, and not many more things happen. */
  readonly cases: number;
  /** The class of the next change. */
  readonly nextClass: () => string;
}

/** Milliseconds of virtual time after which whoever is not answered has given up. */
const eternity = 450_000;
/** A person's people, rooms and all: this many characters are more than any of the traffic could make of them. */
const muchState = 4 << 20;
const mostAttempts = 25;

export class Round {
  readonly #settings: RoundSettings;
  readonly #clock = new VirtualClock();
  readonly #onlooker = new Onlooker(() => this.#clock.now());
  readonly #complaints: string[] = [];
  /** The classes of what was changed, in order. */
  readonly kinds: string[] = [];
  readonly #seat: TestSeat;
  readonly #server: ReplayServer;
  readonly #connection: XmppConnection;
  #openActs = 0;
  #attempts = 0;
  #pings = 0;

  constructor(settings: RoundSettings) {
    this.#settings = settings;
    const log = logTo(({ level, text, fields }) => {
      if (level === 'error' || fields?.['code'] === 'internal')
        this.#complaints.push(`${text} ${JSON.stringify(fields ?? {})}`);
    });
    this.#seat = new TestSeat('amy@kith.test', {
      log,
      parameters: { host: '192.0.2.1', plainText: true, resource: 'desk' },
    });
    this.#server = new ReplayServer(settings.recording, (words) => this.#tamper(words));
    const { account, address, parameters, remembered, rooms, memory, token, ask } = this.#seat;
    const emit: Seat['emit'] = (event) => {
      this.#onlooker.watch(event);
      const revision = this.#seat.emit(event);
      this.#connection.stored(revision);
      return revision;
    };
    const seat: Seat = { account, address, parameters, remembered, rooms, memory, token, log, ask, emit };
    const connectSocket = () => {
      const { near, far } = socketPair();
      this.#server.accept(far);
      return near;
    };
    this.#connection = new XmppConnection(seat, {
      clock: this.#clock,
      newStream: (given) => newStream(given, { connectSocket }),
    });
  }

  /** What was wrong; nothing, when all is well. */
  get complaints(): readonly string[] {
    return [...this.#complaints, ...this.#onlooker.complaints];
  }

  /** The last words of both sides, for whoever looks into a complaint. */
  get story(): string {
    return this.#server.transcript.join('\n');
  }

  async play(): Promise<void> {
    const { recording, random, cases } = this.#settings;
    let event = Math.floor(random.next() * recording.events.length);
    while (this.kinds.length < cases && this.#attempts < mostAttempts) {
      if (this.#seat.living.status !== 'online') {
        await this.#connect();
        continue;
      }
      const before = this.kinds.length;
      if (random.chance(0.2)) this.#act(acts[Math.floor(random.next() * acts.length)]!);
      else {
        this.#server.say(recording.events[event % recording.events.length]!);
        event += 1;
      }
      if (random.chance(0.01)) this.#server.drop();
      await this.#clock.settle();
      if (this.kinds.length > before) await this.#lives();
      if (this.complaints.length > 0) break;
    }
    await this.#end();
  }

  async #connect(): Promise<void> {
    this.#attempts += 1;
    await this.#connection.connect(availablePresence, new AbortController().signal);
    for (let look = 0; look < 20 && this.#seat.living.status === 'connecting'; look += 1) {
      await this.#untilProven();
      if (this.#seat.living.status === 'connecting') await this.#clock.advance(eternity);
    }
    if (this.#seat.living.status === 'connecting') this.#complaints.push('an attempt does not end');
    if (this.#seat.living.status === 'online') this.#act(goIntoTheRoom);
  }

  /** The proof is worked out in another thread, which no virtual clock hurries. Where something was changed it may never come. */
  async #untilProven(): Promise<void> {
    for (let look = 0; look < 10; look += 1) await this.#clock.settle();
    const last = performance.now() + (this.#server.spokeOddly ? 20 : 1000);
    while (this.#server.waitsForProof && this.#seat.living.status === 'connecting' && performance.now() < last)
      await this.#clock.settle();
    for (let look = 0; look < 20; look += 1) await this.#clock.settle();
  }

  #act(act: Act): void {
    const sent = this.#settings.random.pick(this.#settings.recording.sent);
    this.#openActs += 1;
    Promise.resolve()
      .then(() => act(this.#connection.facets, sent, (answer, of) => this.#onlooker.watchAnswer(answer, of)))
      .catch((error: unknown) => {
        const { code, message } = asKithError(error);
        if (code === 'internal') this.#complaints.push(`a wish ended in: ${message}`);
      })
      .finally(() => (this.#openActs -= 1));
  }

  /** Whoever is online answers; who does not is offline sooner or later. */
  async #lives(): Promise<void> {
    const id = `alive-${(this.#pings += 1)}`;
    this.#server.sayPlainly(`<iq type='get' id='${id}' from='kith.test'><ping xmlns='urn:xmpp:ping'/></iq>`);
    const settled = () => this.#server.answered.has(id) || this.#seat.living.status !== 'online';
    await this.#clock.settle();
    if (!settled()) await this.#clock.advance(eternity);
    if (!settled()) this.#complaints.push('it neither answers nor gives up');
    if (JSON.stringify(snapshot(this.#seat.living)).length > muchState) this.#complaints.push('it keeps far too much');
  }

  async #end(): Promise<void> {
    const disposed = this.#connection[Symbol.asyncDispose]();
    await this.#clock.advance(eternity);
    await disposed;
    await this.#clock.settle();
    this.#server.drop();
    if (this.#openActs > 0) this.#complaints.push(`${this.#openActs} wishes are never answered`);
    if (this.#clock.pending > 0) this.#complaints.push(`${this.#clock.pending} timers are left`);
    if (this.#seat.living.status !== 'offline') this.#complaints.push('it has ended and is not offline');
  }

  #tamper(words: string): string | Uint8Array {
    const { random, cases, recording, nextClass } = this.#settings;
    const share = this.#server.listened ? 0.25 : 0.06;
    if (this.kinds.length >= cases || !random.chance(share)) return words;
    const kind = nextClass();
    const chance = { random, others: recording.events, mark: (from: string) => this.#onlooker.mark(from) };
    this.kinds.push(kind);
    return mutations[kind]!(words, chance);
  }
}
