/** A question only the person can answer. It must tolerate never being answered. */
import type { Instant } from '../base/index.ts';
import type { AccountId, QuestionId } from './ids.ts';

export interface CertificateFacts {
  /** The name we wanted to reach. */
  readonly domain: string;
  /** The machine that answered. */
  readonly host: string;
  readonly reason:
    'self-signed' | 'unknown-issuer' | 'expired' | 'not-yet-valid' | 'wrong-name' | 'revoked' | 'changed' | 'other';
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** SHA-256, upper-case hexadecimal without separators. */
  readonly fingerprint: string;
}

/** One thing a server wants to know before it makes an account. */
export interface RegistrationField {
  readonly name: string;
  readonly label: string;
  /** 'lines': a text of several; 'choice': one of `options`. */
  readonly kind: 'text' | 'secret' | 'lines' | 'choice';
  readonly required: boolean;
  /** What the server would have it be; empty for nothing. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** What must be said for a new account besides its address and password. */
export interface RegistrationForm {
  /** The server's own words; empty when it has none. */
  readonly instructions: string;
  readonly fields: readonly RegistrationField[];
  /** A picture to be read by a person, in base64. */
  readonly picture?: { readonly type: string; readonly bytes: string };
  /** A page where it can be done instead. */
  readonly page?: string;
  /** Why the last answer was not taken. */
  readonly fault?: string;
}

export interface Asked {
  password: { readonly question: { readonly why: 'needed' | 'refused' }; readonly answer: string };
  /** A secret setting of the account other than its password, by the name its protocol gives it. */
  secret: { readonly question: { readonly name: string; readonly why: 'needed' | 'refused' }; readonly answer: string };
  /** Opens the sealed file of secrets, or with 'new' will seal it; belongs to no account. */
  passphrase: { readonly question: { readonly why: 'needed' | 'refused' | 'new' }; readonly answer: string };
  /** The answer is a JSON object of texts, by the names of the fields. */
  registration: { readonly question: RegistrationForm; readonly answer: string };
  certificate: { readonly question: CertificateFacts; readonly answer: 'no' | 'once' | 'until-changed' };
}
export type QuestionKind = keyof Asked;

/** A new passphrase has at least this many characters, wherever a person types one. */
export const shortestPassphrase = 8;

/** Rejects with 'cancelled' when withdrawn, 'password-needed' when there is nobody to ask. */
export type Ask = <K extends QuestionKind>(
  kind: K,
  question: Asked[K]['question'],
  signal: Aborting,
) => Promise<Asked[K]['answer']>;

/** The part of AbortSignal that every environment has. */
export interface Aborting {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A question as everyone sees it while it is open. */
export type Question = {
  [K in QuestionKind]: {
    readonly id: QuestionId;
    readonly account?: AccountId;
    readonly asked: Instant;
    readonly kind: K;
    readonly question: Asked[K]['question'];
  };
}[QuestionKind];
