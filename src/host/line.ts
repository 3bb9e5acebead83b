/** The house half of one running protocol: numbers what is asked, pairs the answers, and is cut when the protocol is gone. */
import { type Disposable, DisposableStack, fromErrorFact, KithError } from '../base/index.ts';
import type { FromProtocol, ToProtocol } from '../contracts/index.ts';
import { Outbox, type Port } from './port.ts';

/** What arrives unasked. */
export type Unasked = Exclude<FromProtocol, { readonly type: 'opened' | 'done' | 'failed' }>;
export type Opened = Extract<FromProtocol, { readonly type: 'opened' }>;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: KithError): void;
}

export class Line implements Disposable {
  #next = 1;
  #cut: KithError | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #outbox: Outbox<ToProtocol>;
  readonly #undo = new DisposableStack();

  /** What `hear` throws is reported, and does not keep the rest of a batch from being heard. */
  constructor(
    port: Port<ToProtocol, FromProtocol>,
    hear: (message: Unasked) => void,
    report: (error: unknown, message: FromProtocol) => void,
  ) {
    this.#outbox = new Outbox(
      (batch) => {
        if (!this.#cut) port.post(batch);
      },
      (message, error) => this.#refused(message, error),
    );
    this.#undo.use(
      port.onDidArrive((batch) => {
        for (const message of batch) {
          if (this.#cut) return;
          try {
            this.#arrived(message, hear);
          } catch (error) {
            report(error, message);
          }
        }
      }),
    );
  }

  get isCut(): boolean {
    return this.#cut !== undefined;
  }

  /** Rejects with the protocol's error, or with the error the line was cut with. */
  request<T = void>(build: (seq: number) => ToProtocol): Promise<T> {
    if (this.#cut) return Promise.reject(this.#cut);
    const seq = this.#next++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(seq, { resolve: (value) => resolve(value as T), reject });
      this.#outbox.put(build(seq));
    });
  }

  tell(message: ToProtocol): void {
    if (!this.#cut) this.#outbox.put(message);
  }

  /** Whoever waits is told `error`; nothing is heard or said on this line any more. */
  cut(error: KithError): void {
    if (this.#cut) return;
    this.#cut = error;
    this.#undo[Symbol.dispose]();
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }

  [Symbol.dispose](): void {
    this.cut(new KithError('cancelled', 'The protocol was put to rest'));
  }

  #arrived(message: FromProtocol, hear: (message: Unasked) => void): void {
    switch (message.type) {
      case 'opened':
        return this.#settle(message.seq)?.resolve(message);
      case 'done':
        return this.#settle(message.seq)?.resolve(message.value);
      case 'failed':
        return this.#settle(message.seq)?.reject(fromErrorFact(message.error));
      default:
        return hear(message);
    }
  }

  #settle(seq: number): Waiting | undefined {
    const waiting = this.#waiting.get(seq);
    this.#waiting.delete(seq);
    return waiting;
  }

  #refused(message: ToProtocol, error: unknown): void {
    if (!('seq' in message)) return;
    const refusal = new KithError('invalid-argument', 'This cannot be handed to a protocol', { cause: error });
    this.#settle(message.seq)?.reject(refusal);
  }
}
