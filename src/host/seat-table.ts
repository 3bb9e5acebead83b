/** The worker half of the host: seats accounts of one protocol and answers what the house asks of them over a port. */
import {
  asKithError,
  assertNever,
  type AsyncDisposable,
  type Disposable,
  KithError,
  type Log,
  logTo,
  toErrorFact,
} from '../base/index.ts';
import type { FromProtocol, Opening, ProtocolModule, ToProtocol } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';
import { OpenQuestions } from './open-questions.ts';
import { Outbox, type Port } from './port.ts';
import { TakenSeat } from './taken-seat.ts';

export class SeatTable implements AsyncDisposable {
  readonly #protocol: ProtocolModule;
  readonly #outbox: Outbox<FromProtocol>;
  readonly #questions: OpenQuestions;
  readonly #log: Log;
  readonly #seats = new Map<AccountId, TakenSeat>();
  /** What may be cancelled, by the number it was asked under. */
  readonly #attempts = new Map<number, { readonly account: AccountId; readonly attempt: AbortController }>();
  readonly #listening: Disposable;

  constructor(protocol: ProtocolModule, port: Port<FromProtocol, ToProtocol>) {
    this.#protocol = protocol;
    this.#outbox = new Outbox(
      (batch) => port.post(batch),
      (message, error) => this.#refused(message, error),
    );
    this.#questions = new OpenQuestions(this.#post);
    this.#log = logTo((line) => this.#post({ type: 'log', line }));
    this.#listening = port.onDidArrive((batch) => {
      for (const message of batch) this.#hear(message);
    });
    this.#post({ type: 'ready' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([...this.#seats.values()].map((seat) => seat.close()));
    this.#seats.clear();
    this.#listening[Symbol.dispose]();
  }

  readonly #post = (message: FromProtocol): void => this.#outbox.put(message);

  #hear(message: ToProtocol): void {
    switch (message.type) {
      case 'open':
        return this.#open(message.seq, message.opening);
      case 'resync':
        return this.#resync(message.seq, message.account);
      case 'connect': {
        const attempt = new AbortController();
        this.#forgetAttempts(message.account);
        this.#attempts.set(message.seq, { account: message.account, attempt });
        return this.#answer(message.seq, message.account, (seat) => seat.connect(message.presence, attempt));
      }
      case 'disconnect':
        this.#forgetAttempts(message.account);
        return this.#answer(message.seq, message.account, (seat) => seat.disconnect());
      case 'call':
        return this.#answer(message.seq, message.account, (seat) => seat.call(message.call));
      case 'close':
        this.#forgetAttempts(message.account);
        return this.#answer(message.seq, message.account, (seat) =>
          seat.close().finally(() => this.#leave(message.account, seat)),
        );
      case 'cancel':
        this.#attempts.get(message.seq)?.attempt.abort();
        return;
      case 'answer':
        return this.#questions.answered(message.question, message.answer, message.error);
      case 'stored':
        this.#seats.get(message.account)?.stored(message.revision);
        return;
      case 'ping':
        return this.#post({ type: 'pong', seq: message.seq });
      default:
        assertNever(message);
    }
  }

  #open(seq: number, opening: Opening): void {
    try {
      const before = this.#seats.get(opening.account);
      if (before?.closing === false) throw new KithError('already-exists', 'This account is open already');
      // One that takes for ever to close was left behind by the house; it must not talk into the new one's facts.
      before?.mute();
      const seat = new TakenSeat(this.#protocol, opening, this.#post, this.#questions, this.#log);
      this.#seats.set(opening.account, seat);
      this.#sayOpened(seq, seat, seat.spoke);
    } catch (error) {
      this.#post({ type: 'failed', seq, error: toErrorFact(error) });
    }
  }

  #leave(account: AccountId, seat: TakenSeat): void {
    if (this.#seats.get(account) === seat) this.#seats.delete(account);
  }

  #resync(seq: number, account: AccountId): void {
    const seat = this.#seats.get(account);
    if (seat) this.#sayOpened(seq, seat, true);
    else this.#post({ type: 'failed', seq, error: toErrorFact(notOpen()) });
  }

  #sayOpened(seq: number, seat: TakenSeat, whole: boolean): void {
    const state = whole ? { snapshot: seat.snapshot() } : {};
    this.#post({ type: 'opened', seq, facets: seat.facets, ...state });
  }

  /** One asking, one answer, whatever the protocol throws. */
  #answer(seq: number, account: AccountId, work: (seat: TakenSeat) => Promise<unknown>): void {
    const seat = this.#seats.get(account);
    const result = seat === undefined ? Promise.reject(notOpen()) : work(seat);
    result.then(
      (value) => this.#post({ type: 'done', seq, ...(value === undefined ? {} : { value }) }),
      (error: unknown) => this.#post({ type: 'failed', seq, error: toErrorFact(error) }),
    );
  }

  #forgetAttempts(account: AccountId): void {
    for (const [seq, attempt] of this.#attempts) if (attempt.account === account) this.#attempts.delete(seq);
  }

  /** A value that cannot be cloned is a fault of the protocol: said aloud, and nobody is left waiting for it. */
  #refused(message: FromProtocol, error: unknown): void {
    const { message: text } = asKithError(error);
    this.#log.error('The protocol said something that cannot cross', { type: message.type, text });
    if (message.type !== 'done') return;
    this.#post({ type: 'failed', seq: message.seq, error: toErrorFact(new KithError('internal', text)) });
  }
}

function notOpen(): KithError {
  return new KithError('not-found', 'This account is not open');
}
