/** A seat without a host: for tests that speak to a protocol in its own room. */
import { type Log, silentLog } from '../../src/base/index.ts';
import type { Seat } from '../../src/contracts/index.ts';
import {
  type AccountId,
  type Ask,
  type Asked,
  type ConnectionEvent,
  type Contact,
  type ContactId,
  fold,
  type LivingConnection,
  newConnection,
  type ParameterValue,
  type QuestionKind,
  type Room,
} from '../../src/domain/index.ts';
import { Heard } from './heard.ts';

export interface TestSeatSettings {
  readonly account?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly remembered?: readonly Contact[];
  readonly rooms?: readonly Room[];
  readonly memory?: readonly (readonly [string, string])[];
  readonly token?: string;
  /** What the person says when asked. Default: the password 'secret', and trust in every certificate. */
  readonly answer?: Ask;
  readonly log?: Log;
}

export class TestSeat implements Seat {
  readonly account: AccountId;
  readonly address: ContactId;
  readonly parameters: Seat['parameters'];
  readonly remembered: readonly Contact[];
  readonly rooms: readonly Room[];
  /** What it keeps over restarts. */
  readonly kept: Map<string, string>;
  readonly memory: Seat['memory'];
  /** The token it keeps. */
  keptToken: string | undefined;
  readonly token: Seat['token'];
  readonly log: Log;
  readonly heard = new Heard();
  readonly living: LivingConnection;
  readonly asked: { readonly kind: QuestionKind; readonly question: unknown }[] = [];
  readonly #answer: Ask;

  constructor(address: string, settings: TestSeatSettings = {}) {
    this.account = (settings.account ?? address) as AccountId;
    this.address = address as ContactId;
    this.parameters = settings.parameters ?? {};
    this.remembered = settings.remembered ?? [];
    this.rooms = settings.rooms ?? [];
    this.log = settings.log ?? silentLog;
    this.living = newConnection(this.account, this.remembered, this.rooms);
    this.#answer = settings.answer ?? agreeable;
    const kept = new Map(settings.memory);
    this.kept = kept;
    this.keptToken = settings.token;
    this.token = { read: async () => this.keptToken, keep: (token) => void (this.keptToken = token) };
    this.memory = {
      get: (key) => kept.get(key),
      set: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    };
  }

  readonly ask: Ask = (kind, question, signal) => {
    this.asked.push({ kind, question });
    return this.#answer(kind, question, signal);
  };

  readonly emit = (event: ConnectionEvent): number => {
    fold(this.living, event);
    this.heard.add(event, this.living.revision);
    return this.living.revision;
  };
}

const agreeable: Ask = async <K extends QuestionKind>(kind: K) =>
  (kind === 'certificate' ? 'once' : 'secret') as Asked[K]['answer'];
