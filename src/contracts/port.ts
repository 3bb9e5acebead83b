/** What crosses between the house and a protocol: plain values, numbered. No functions, no classes, nothing keyed by objects. */
import type { ErrorFact, LogLine } from '../base/index.ts';
import type {
  AccountId,
  Asked,
  ConnectionEvent,
  ConnectionSnapshot,
  Contact,
  ContactId,
  ParameterValue,
  Presence,
  QuestionKind,
  Room,
} from '../domain/index.ts';
import type { FacetCall, FacetName } from './facets.ts';

/** What a connection is opened with. */
export interface Opening {
  readonly account: AccountId;
  readonly address: ContactId;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly remembered: readonly Contact[];
  /** The rooms of the last session. */
  readonly rooms: readonly Room[];
  readonly memory: readonly (readonly [string, string])[];
}

export type ToProtocol =
  | { readonly type: 'open'; readonly seq: number; readonly opening: Opening }
  | { readonly type: 'connect'; readonly seq: number; readonly account: AccountId; readonly presence: Presence }
  | { readonly type: 'disconnect'; readonly seq: number; readonly account: AccountId }
  | { readonly type: 'call'; readonly seq: number; readonly account: AccountId; readonly call: FacetCall }
  | { readonly type: 'close'; readonly seq: number; readonly account: AccountId }
  /** Facts went missing: answer 'opened' again, with the state as it is now. */
  | { readonly type: 'resync'; readonly seq: number; readonly account: AccountId }
  /** The asker no longer wants the answer to `seq`. */
  | { readonly type: 'cancel'; readonly seq: number }
  | {
      readonly type: 'answer';
      readonly question: number;
      readonly answer?: Asked[QuestionKind]['answer'];
      readonly error?: ErrorFact;
    }
  | { readonly type: 'stored'; readonly account: AccountId; readonly revision: number }
  | { readonly type: 'ping'; readonly seq: number };

export type FromProtocol =
  | { readonly type: 'ready' }
  | {
      readonly type: 'opened';
      readonly seq: number;
      readonly facets: readonly FacetName[];
      /** Absent when nothing was said yet: what it was opened with is its state, and need not cross back. */
      readonly snapshot?: ConnectionSnapshot;
    }
  | { readonly type: 'done'; readonly seq: number; readonly value?: unknown }
  | { readonly type: 'failed'; readonly seq: number; readonly error: ErrorFact }
  | { readonly type: 'fact'; readonly account: AccountId; readonly revision: number; readonly event: ConnectionEvent }
  | { readonly type: 'remember'; readonly account: AccountId; readonly key: string; readonly value?: string }
  | {
      readonly type: 'ask';
      readonly question: number;
      readonly account: AccountId;
      readonly kind: QuestionKind;
      readonly asked: Asked[QuestionKind]['question'];
    }
  /** Wants the token of the account: answered as a question is, with nothing in it when none is kept. */
  | { readonly type: 'read-token'; readonly question: number; readonly account: AccountId }
  | { readonly type: 'keep-token'; readonly account: AccountId; readonly token?: string }
  /** The protocol no longer needs the answer. */
  | { readonly type: 'withdraw'; readonly question: number }
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'pong'; readonly seq: number };
