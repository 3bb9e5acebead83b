/** One protocol and its lives: started with the first account, ended with the last, started again after a crash, given up in time. */
import {
  asKithError,
  assertNever,
  type Clock,
  type Disposable,
  DisposableStack,
  Emitter,
  ignore,
  KithError,
  type Log,
} from '../base/index.ts';
import type { Health, HostDuties, Opening, ProtocolFace, ProtocolHost, RemoteConnection } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';
import { type Heartbeat, heartbeat } from './heartbeat.ts';
import { Line, type Unasked } from './line.ts';
import { QuestionsAsked } from './questions-asked.ts';
import { RemoteSeat } from './remote-seat.ts';
import type { Residence } from './residence.ts';
import { RestartPolicy } from './restart-policy.ts';

/** Milliseconds a protocol has to say that it is ready. */
const startingTime = 30_000;

export interface HostParts {
  readonly clock: Clock;
  readonly log: Log;
}

/** One life of the protocol, from start to crash or rest. */
interface Life {
  readonly line: Line;
  readonly residence: Residence;
  readonly questions: QuestionsAsked;
  readonly undo: DisposableStack;
  beat?: Heartbeat;
}

export class SupervisedHost implements ProtocolHost {
  readonly face: ProtocolFace;
  readonly #settle: (log: Log) => Residence;
  readonly #duties: HostDuties;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #healthChanged: Emitter<Health>;
  readonly #policy = new RestartPolicy();
  readonly #seats = new Map<AccountId, RemoteSeat>();
  readonly #endings = new Set<Promise<void>>();
  #health: Health = 'asleep';
  #life: Life | undefined;
  #restart: Disposable | undefined;
  #disposing: Promise<void> | undefined;

  /** `settle` starts a life; it may throw, which counts as a crash. */
  constructor(face: ProtocolFace, settle: (log: Log) => Residence, duties: HostDuties, { clock, log }: HostParts) {
    this.face = face;
    this.#settle = settle;
    this.#duties = duties;
    this.#clock = clock;
    this.#log = log.named(face.manifest.id);
    this.#healthChanged = new Emitter((error) => this.#log.error('A listener threw', { error: String(error) }));
  }

  get health(): Health {
    return this.#health;
  }
  get onDidChangeHealth(): ProtocolHost['onDidChangeHealth'] {
    return this.#healthChanged.event;
  }

  wake(): void {
    if (this.#health === 'asleep' && !this.#disposing) this.#start();
  }

  /** One that is still closing is waited for, which is bounded. Resolves also when the protocol crashes meanwhile: the connection then is offline and is seated at the next start. */
  async open(opening: Opening): Promise<RemoteConnection> {
    const closing = this.#seats.get(opening.account)?.closing;
    if (closing !== undefined) await closing;
    if (this.#disposing) throw new KithError('cancelled', 'Kith is ending');
    if (this.#seats.has(opening.account)) throw new KithError('already-exists', 'This account is open already');
    this.wake();
    const seat = new RemoteSeat(opening, {
      clock: this.#clock,
      log: this.#log,
      onClosed: () => this.#left(seat),
    });
    this.#seats.set(opening.account, seat);
    if (this.#life === undefined) seat.lost(this.#crashed());
    else await this.#seat(this.#life, seat, opening);
    return seat;
  }

  startAgain(): void {
    if (this.#health !== 'given-up' || this.#disposing) return;
    this.#policy.forget();
    this.#reopen();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposing ??= this.#dispose();
    return this.#disposing;
  }

  async #dispose(): Promise<void> {
    await Promise.all([...this.#seats.values()].map((seat) => seat[Symbol.asyncDispose]()));
    this.#sleep();
    await Promise.all(this.#endings);
    this.#healthChanged[Symbol.dispose]();
  }

  #start(): void {
    this.#setHealth('starting');
    let residence: Residence;
    try {
      residence = this.#settle(this.#log);
    } catch (error) {
      return this.#lost(undefined, asKithError(error).message);
    }
    const undo = new DisposableStack();
    const line = new Line(
      residence.port,
      (message) => this.#hear(life, message),
      (error, { type }) =>
        this.#log.error('The house failed over a message', { type, error: asKithError(error).message }),
    );
    const questions = undo.use(new QuestionsAsked(this.#duties, (message) => line.tell(message)));
    const life: Life = { line, residence, questions, undo };
    this.#life = life;
    undo.use(residence.onDidEnd((why) => this.#lost(life, why)));
    undo.use(this.#clock.after(startingTime, () => life.beat ?? this.#lost(life, 'It did not start')));
  }

  #hear(life: Life, message: Unasked): void {
    switch (message.type) {
      case 'ready':
        return this.#ready(life);
      case 'fact':
        return this.#seats.get(message.account)?.hear(message.event, message.revision);
      case 'remember':
        return this.#duties.remember(message.account, message.key, message.value);
      case 'ask':
        return life.questions.ask(message);
      case 'read-token':
        return life.questions.readToken(message);
      case 'keep-token':
        return this.#duties.keepToken(message.account, message.token);
      case 'withdraw':
        return life.questions.withdraw(message.question);
      case 'log': {
        const { level, from, text, fields } = message.line;
        return (from === '' ? this.#log : this.#log.named(from))[level](text, fields);
      }
      case 'pong':
        return life.beat?.pong(message.seq);
      default:
        assertNever(message);
    }
  }

  #ready(life: Life): void {
    life.beat = life.undo.use(
      heartbeat(this.#clock, {
        ping: (seq) => life.line.tell({ type: 'ping', seq }),
        missed: (owing) => this.#setHealth(owing ? 'unresponsive' : 'well'),
        lost: () => this.#lost(life, 'It did not answer any more'),
      }),
    );
    this.#setHealth('well');
  }

  async #seat(life: Life, seat: RemoteSeat, opening: Opening): Promise<void> {
    try {
      await seat.seatOn(life.line, opening);
    } catch (error) {
      if (life.line.isCut) return;
      this.#seats.delete(opening.account);
      if (this.#seats.size === 0) this.#sleep();
      throw error;
    }
  }

  /** `life` is undefined when not even a start succeeded. */
  #lost(life: Life | undefined, why: string): void {
    if (life !== this.#life) return;
    this.#end();
    const again = this.#policy.crashed(this.#clock.now());
    this.#log.error('The protocol crashed', { why, ...(again === undefined ? {} : { startsAgainIn: again }) });
    if (again !== undefined) this.#restart = this.#clock.after(again, () => this.#reopen());
    const error = this.#crashed();
    life?.line.cut(error);
    this.#setHealth(again === undefined ? 'given-up' : 'crashed');
    for (const seat of this.#seats.values()) seat.lost(error);
  }

  #reopen(): void {
    this.#restart = undefined;
    this.#start();
    const life = this.#life;
    if (life === undefined) return;
    for (const seat of this.#seats.values()) {
      const opened = Promise.resolve().then(() => seat.seatOn(life.line, this.#duties.opening(seat.account)));
      opened.catch((error: unknown) => {
        if (!life.line.isCut) seat.lost(asKithError(error));
      });
    }
  }

  /** A seat was given up. The last one puts the protocol to rest. */
  async #left(seat: RemoteSeat): Promise<void> {
    if (this.#seats.get(seat.account) !== seat) return;
    this.#seats.delete(seat.account);
    this.#life?.questions.withdrawAll(seat.account);
    if (this.#seats.size > 0) return;
    this.#sleep();
    await Promise.all(this.#endings);
  }

  #sleep(): void {
    this.#restart?.[Symbol.dispose]();
    this.#restart = undefined;
    this.#life?.line[Symbol.dispose]();
    this.#end();
    this.#setHealth('asleep');
  }

  #end(): void {
    const life = this.#life;
    this.#life = undefined;
    if (life === undefined) return;
    life.undo[Symbol.dispose]();
    const ending = life.residence.end();
    const over = ending.finally(() => this.#endings.delete(over));
    this.#endings.add(over);
    ignore(over, 'A protocol did not end well', this.#log);
  }

  #setHealth(health: Health): void {
    if (this.#health === health) return;
    this.#health = health;
    this.#healthChanged.fire(health);
  }

  #crashed(): KithError {
    return new KithError('protocol-crashed', `${this.face.manifest.displayName} stopped unexpectedly`);
  }
}
