/** Questions that wait for the person, all windows alike. */
import { assertNever, type Clock, KithError, newId } from '../base/index.ts';
import type { Aborting, AccountId, Asked, Question, QuestionId, QuestionKind } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';

interface Waiting {
  readonly question: Question;
  answer(answer: string): void;
  withdraw(error: KithError): void;
}

export class Questions {
  readonly #announcer: Announcer;
  readonly #clock: Clock;
  readonly #waiting = new Map<QuestionId, Waiting>();

  constructor(announcer: Announcer, clock: Clock) {
    this.#announcer = announcer;
    this.#clock = clock;
  }

  open(): readonly Question[] {
    return [...this.#waiting.values()].map(({ question }) => question);
  }

  /** Resolves with the person's answer. Rejects 'cancelled' when withdrawn, by the signal or by the end of the house. */
  raise<K extends QuestionKind>(
    kind: K,
    asked: Asked[K]['question'],
    account: AccountId | undefined,
    signal: Aborting,
  ): Promise<Asked[K]['answer']> {
    const id = newId<QuestionId>();
    const question = {
      id,
      asked: this.#clock.now(),
      kind,
      question: asked,
      ...(account === undefined ? {} : { account }),
    } as Question;
    return new Promise((resolve, reject) => {
      const over = (): void => {
        signal.removeEventListener('abort', withdrawn);
        this.#waiting.delete(id);
        this.#say();
      };
      const withdraw = (error: KithError): void => {
        over();
        reject(error);
      };
      const withdrawn = (): void => withdraw(new KithError('cancelled', 'The question was withdrawn'));
      const answer = (given: string): void => {
        const checked = answerTo(kind, given);
        over();
        resolve(checked as Asked[K]['answer']);
      };
      this.#waiting.set(id, { question, answer, withdraw });
      if (signal.aborted) return withdrawn();
      signal.addEventListener('abort', withdrawn);
      this.#say();
    });
  }

  /** Throws 'not-found' when it is no longer open, 'invalid-argument' when this answers nothing; it then stays open. */
  answer(id: QuestionId, answer: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) throw new KithError('not-found', 'This question is no longer open');
    waiting.answer(answer);
  }

  /** The person gave it elsewhere, for instance in the account's settings. */
  answerAll(account: AccountId, kind: QuestionKind, answer: string): void {
    for (const { question, answer: give } of [...this.#waiting.values()]) {
      if (question.account === account && question.kind === kind) give(answer);
    }
  }

  /** Nobody will answer any more: those of one account, or all. */
  withdrawAll(account?: AccountId): void {
    for (const { question, withdraw } of [...this.#waiting.values()]) {
      if (account !== undefined && question.account !== account) continue;
      withdraw(new KithError('cancelled', 'Nobody answered'));
    }
  }

  #say(): void {
    this.#announcer.say({ type: 'questions-changed', open: this.open() });
  }
}

function answerTo(kind: QuestionKind, given: string): string {
  switch (kind) {
    case 'password':
    case 'secret':
    case 'passphrase':
      if (given === '') throw new KithError('invalid-argument', 'An empty answer opens nothing');
      return given;
    case 'registration':
      if (isFilledForm(given)) return given;
      throw new KithError('invalid-argument', 'A form is answered with a text for each field');
    case 'certificate':
      if (given === 'no' || given === 'once' || given === 'until-changed') return given;
      throw new KithError('invalid-argument', 'A certificate is answered with no, once or until-changed');
    default:
      return assertNever(kind);
  }
}

function isFilledForm(given: string): boolean {
  try {
    const filled: unknown = JSON.parse(given);
    if (typeof filled !== 'object' || filled === null || Array.isArray(filled)) return false;
    return Object.values(filled).every((value) => typeof value === 'string');
  } catch {
    return false;
  }
}
