/** What an account needs said about it: one sentence, how grave it is, and the one thing that can be done. */
import type { Instant } from '../../src/base/index.ts';
import type { Health } from '../../src/contracts/index.ts';
import type { Account, AccountId, LivingConnection, ProtocolId, Question, QuestionId } from '../../src/domain/index.ts';
import { plainly } from '../look/turning.ts';
import { words } from '../words.ts';

export type Remedy =
  | { readonly kind: 'cancel' | 'connect' | 'account'; readonly account: AccountId }
  | { readonly kind: 'question'; readonly question: QuestionId }
  | { readonly kind: 'start-again'; readonly protocol: ProtocolId };

export interface Plight {
  readonly key: string;
  readonly account?: AccountId;
  /** 'warn' heals by itself or asks; 'bad' needs the person. */
  readonly gravity: 'plain' | 'warn' | 'bad';
  readonly sign: 'connecting' | 'offline' | 'fault' | 'trust' | 'stopped' | 'disk';
  readonly text: string;
  /** The moment of the next attempt, counted down behind the text. */
  readonly until?: Instant;
  readonly remedy?: { readonly label: string } & Remedy;
}

export interface AccountFacts {
  readonly account: Account;
  readonly connection: LivingConnection | undefined;
  readonly retryAt: Instant | undefined;
  readonly questions: readonly Question[];
  /** What the line calls the account. */
  readonly where: string;
  /** Several accounts: the line has to say which. */
  readonly several: boolean;
  /** The computer has no network at all. */
  readonly noNetwork: boolean;
}

/** The server's name is how people tell their accounts apart, unless two are on the same. */
export function whereOf(account: Account, others: Iterable<Account> = []): string {
  const server = (each: Account): string => each.address.split('@').at(-1) ?? each.address;
  for (const other of others) {
    if (other.id !== account.id && server(other) === server(account)) return account.address;
  }
  return server(account);
}

/** Undefined when nothing has to be said: online, switched off, or offline because the person wished it. */
export function plightOf(facts: AccountFacts): Plight | undefined {
  const { account, connection, questions, where } = facts;
  if (!account.enabled) return undefined;
  const question = questions.find((asked) => asked.account === account.id);
  if (question !== undefined) return questionPlight(account, where, question);
  if (connection === undefined || connection.status === 'online') return undefined;
  const base = { key: account.id, account: account.id };
  if (connection.status === 'connecting') {
    const text = words.account.connecting(where);
    const remedy = { label: words.account.cancel, kind: 'cancel', account: account.id } as const;
    return { ...base, gravity: 'plain', sign: 'connecting', text, remedy };
  }
  if (account.requested.availability === 'offline' || connection.reason?.code === 'requested') return undefined;
  return { ...base, ...offlinePlight(facts, connection) };
}

function questionPlight(account: Account, where: string, question: Question): Plight {
  const base = { key: account.id, account: account.id };
  const remedy = { kind: 'question', question: question.id } as const;
  if (question.kind === 'certificate') {
    return {
      ...base,
      gravity: 'warn',
      sign: 'trust',
      text: words.account.question(where),
      remedy: { label: words.account.show, ...remedy },
    };
  }
  const refused = question.kind === 'password' && question.question.why === 'refused';
  const text = refused ? words.account.passwordRefused(where) : words.account.passwordNeeded(where);
  return {
    ...base,
    gravity: refused ? 'bad' : 'warn',
    sign: 'fault',
    text,
    remedy: { label: words.account.signIn, ...remedy },
  };
}

type Said = Omit<Plight, 'key' | 'account'>;

function offlinePlight(facts: AccountFacts, { reason }: LivingConnection): Said {
  const { account, where } = facts;
  const see = (label: string) => ({ label, kind: 'account', account: account.id }) as const;
  const again = (label: string) => ({ label, kind: 'connect', account: account.id }) as const;
  switch (reason?.code) {
    case 'authentication-failed':
      return {
        gravity: 'bad',
        sign: 'fault',
        text: words.account.passwordRefused(where),
        remedy: see(words.account.signIn),
      };
    case 'password-needed':
      return {
        gravity: 'warn',
        sign: 'fault',
        text: words.account.passwordNeeded(where),
        remedy: see(words.account.signIn),
      };
    case 'certificate':
      return {
        gravity: 'bad',
        sign: 'trust',
        text: words.account.untrusted(where),
        remedy: again(words.account.tryNow),
      };
    case 'server-unproven':
      return {
        gravity: 'bad',
        sign: 'trust',
        text: words.account.unproven(where),
        remedy: again(words.account.tryNow),
      };
    case 'downgraded':
      return {
        gravity: 'bad',
        sign: 'trust',
        text: words.account.downgraded(where),
        remedy: see(words.account.signIn),
      };
    case 'not-encrypted':
      return {
        gravity: 'bad',
        sign: 'trust',
        text: words.account.notEncrypted(where),
        remedy: see(words.account.settings),
      };
    case 'replaced':
      return { gravity: 'warn', sign: 'offline', text: words.account.replaced, remedy: again(words.account.takeBack) };
    default:
      return waitingPlight(facts, reason?.code === 'server-silent', again(words.account.tryNow), reason?.text);
  }
}

/** It is tried again by itself; the person may hurry it. */
function waitingPlight(
  { where, retryAt, several, noNetwork }: AccountFacts,
  silent: boolean,
  remedy: Plight['remedy'],
  reason: string | undefined,
): Said {
  const base = { gravity: 'warn', sign: 'offline', ...(remedy === undefined ? {} : { remedy }) } as const;
  if (noNetwork) return { gravity: 'warn', sign: 'offline', text: words.account.noNetwork };
  if (retryAt === undefined) {
    const text =
      reason === undefined || reason === '' ? words.account.offline : words.account.refused(where, plainly(reason));
    return { ...base, text };
  }
  if (silent) return { ...base, text: `${words.account.silent(where)} ${words.account.nextTry}`, until: retryAt };
  if (several) return { ...base, text: words.account.nextTryOf(where), until: retryAt };
  return { ...base, text: `${words.account.offline} ${words.account.nextTry}`, until: retryAt };
}

/** A protocol that fell over says so for all its accounts at once. */
export function protocolPlight(protocol: ProtocolId, name: string, health: Health): Plight | undefined {
  const base = { key: `protocol ${protocol}`, sign: 'stopped' } as const;
  if (health === 'given-up') {
    const remedy = { label: words.account.startAgain, kind: 'start-again', protocol } as const;
    return { ...base, gravity: 'bad', text: words.account.stopped(name), remedy };
  }
  if (health === 'crashed') return { ...base, gravity: 'warn', text: words.account.stopping(name) };
  return undefined;
}

const gravest: Record<Plight['gravity'], number> = { bad: 0, warn: 1, plain: 2 };

/** Worst first; those of equal weight keep the order of the accounts. */
export const worstFirst = (plights: readonly Plight[]): readonly Plight[] =>
  plights.toSorted((a, b) => gravest[a.gravity] - gravest[b.gravity]);
