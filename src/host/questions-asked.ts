/** The house half of asking a person: carries a protocol's questions to whoever answers them, and the answers back. */
import { asKithError, type Disposable, toErrorFact } from '../base/index.ts';
import type { FromProtocol, HostDuties, ToProtocol } from '../contracts/index.ts';
import type { AccountId } from '../domain/index.ts';

type Asking = Extract<FromProtocol, { readonly type: 'ask' }>;

export class QuestionsAsked implements Disposable {
  readonly #open = new Map<number, { readonly account: AccountId; readonly wanted: AbortController }>();
  readonly #duties: Pick<HostDuties, 'ask' | 'readToken'>;
  readonly #tell: (message: ToProtocol) => void;

  constructor(duties: Pick<HostDuties, 'ask' | 'readToken'>, tell: (message: ToProtocol) => void) {
    this.#duties = duties;
    this.#tell = tell;
  }

  ask({ question, account, kind, asked }: Asking): void {
    this.#carry(question, account, (signal) => this.#duties.ask(account, kind, asked, signal));
  }

  readToken({ question, account }: Extract<FromProtocol, { readonly type: 'read-token' }>): void {
    this.#carry(question, account, async () => (await this.#duties.readToken(account)) ?? '');
  }

  #carry(question: number, account: AccountId, ask: (signal: AbortSignal) => ReturnType<HostDuties['ask']>): void {
    const wanted = new AbortController();
    this.#open.set(question, { account, wanted });
    const answered = (result: Omit<Extract<ToProtocol, { type: 'answer' }>, 'type' | 'question'>) => {
      if (this.#open.delete(question)) this.#tell({ type: 'answer', question, ...result });
    };
    let answer: ReturnType<HostDuties['ask']>;
    try {
      answer = ask(wanted.signal);
    } catch (error) {
      answer = Promise.reject(asKithError(error));
    }
    answer.then(
      (given) => answered({ answer: given }),
      (error: unknown) => answered({ error: toErrorFact(error) }),
    );
  }

  withdraw(question: number): void {
    const open = this.#open.get(question);
    this.#open.delete(question);
    open?.wanted.abort();
  }

  withdrawAll(account: AccountId): void {
    for (const [question, open] of this.#open) if (open.account === account) this.withdraw(question);
  }

  /** The protocol is gone: nobody waits for any answer. */
  [Symbol.dispose](): void {
    for (const question of this.#open.keys()) this.withdraw(question);
  }
}
