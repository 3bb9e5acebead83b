/** The worker half of asking a person: a question crosses with a number, and must tolerate never being answered. */
import { fromErrorFact, KithError, type ErrorFact } from '../base/index.ts';
import type { FromProtocol } from '../contracts/index.ts';
import type { Aborting, AccountId, Asked, QuestionKind } from '../domain/index.ts';

interface OpenQuestion {
  readonly account: AccountId;
  resolve(answer: Asked[QuestionKind]['answer']): void;
  reject(error: KithError): void;
}

export class OpenQuestions {
  #next = 1;
  readonly #open = new Map<number, OpenQuestion>();
  readonly #post: (message: FromProtocol) => void;

  constructor(post: (message: FromProtocol) => void) {
    this.#post = post;
  }

  /** Rejects 'cancelled' as soon as `signal` aborts; the house is told that the answer is no longer wanted. */
  ask<K extends QuestionKind>(
    account: AccountId,
    kind: K,
    asked: Asked[K]['question'],
    signal: Aborting,
  ): Promise<Asked[K]['answer']> {
    return this.#put(account, signal, (question) => ({ type: 'ask', question, account, kind, asked }));
  }

  /** Not asked of a person; but it takes as long, and may be withdrawn alike. */
  async readToken(account: AccountId, signal: Aborting): Promise<string | undefined> {
    const token: string = await this.#put(account, signal, (question) => ({ type: 'read-token', question, account }));
    return token === '' ? undefined : token;
  }

  #put<T extends Asked[QuestionKind]['answer']>(
    account: AccountId,
    signal: Aborting,
    message: (question: number) => FromProtocol,
  ): Promise<T> {
    if (signal.aborted) return Promise.reject(withdrawn());
    const question = this.#next++;
    return new Promise((resolve, reject) => {
      const withdraw = () => {
        this.#post({ type: 'withdraw', question });
        this.#settle(question)?.reject(withdrawn());
      };
      signal.addEventListener('abort', withdraw);
      const rest = () => signal.removeEventListener('abort', withdraw);
      this.#open.set(question, {
        account,
        resolve: (answer) => (rest(), resolve(answer as T)),
        reject: (error) => (rest(), reject(error)),
      });
      this.#post(message(question));
    });
  }

  answered(question: number, answer: Asked[QuestionKind]['answer'] | undefined, error: ErrorFact | undefined): void {
    const open = this.#settle(question);
    if (open === undefined) return;
    if (answer === undefined) open.reject(error ? fromErrorFact(error) : withdrawn());
    else open.resolve(answer);
  }

  /** The account is closing: nobody waits for its answers any more. */
  withdrawAll(account: AccountId): void {
    for (const [question, open] of this.#open) {
      if (open.account !== account) continue;
      this.#post({ type: 'withdraw', question });
      this.#settle(question)?.reject(withdrawn());
    }
  }

  #settle(question: number): OpenQuestion | undefined {
    const open = this.#open.get(question);
    this.#open.delete(question);
    return open;
  }
}

function withdrawn(): KithError {
  return new KithError('cancelled', 'The question was withdrawn');
}
