/** A seat without a host: keeps what the protocol says and remembers, and answers its questions. */
import { logTo, type LogLine, type Log } from '../../src/base/index.ts';
import type { Memory, Seat } from '../../src/contracts/index.ts';
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
} from '../../src/domain/index.ts';

export interface SeatSettings {
  readonly address?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly remembered?: readonly Contact[];
  readonly memory?: Readonly<Record<string, string>>;
  readonly answers?: { readonly [K in QuestionKind]?: Asked[K]['answer'] | Error };
}

export class FakeSeat implements Seat {
  readonly account = 'account-1' as AccountId;
  readonly address: ContactId;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly remembered: readonly Contact[];
  readonly stored: Map<string, string>;
  readonly memory: Memory;
  readonly log: Log;
  readonly lines: LogLine[] = [];
  readonly events: ConnectionEvent[] = [];
  readonly asked: { readonly kind: QuestionKind; readonly question: unknown }[] = [];
  /** The events folded, as the host's mirror would be. */
  readonly living: LivingConnection;
  /** Told of each fact as it is said. */
  onEmit: (event: ConnectionEvent, revision: number) => void = () => {};
  answers: NonNullable<SeatSettings['answers']>;

  constructor(settings: SeatSettings = {}) {
    this.address = (settings.address ?? 'me@home.example') as ContactId;
    this.parameters = settings.parameters ?? {};
    this.remembered = settings.remembered ?? [];
    this.stored = new Map(Object.entries(settings.memory ?? {}));
    this.memory = {
      get: (key) => this.stored.get(key),
      set: (key, value) => void (value === undefined ? this.stored.delete(key) : this.stored.set(key, value)),
    };
    this.answers = { password: 'secret', ...settings.answers };
    this.log = logTo((line) => this.lines.push(line));
    this.living = newConnection(this.account, this.remembered);
  }

  readonly ask: Ask = async (kind, question) => {
    this.asked.push({ kind, question });
    const answer = this.answers[kind];
    if (answer instanceof Error) throw answer;
    if (answer === undefined) throw new Error(`Nobody answers ${kind}`);
    return answer as Asked[typeof kind]['answer'];
  };

  emit(event: ConnectionEvent): number {
    this.events.push(event);
    fold(this.living, event);
    this.onEmit(event, this.living.revision);
    return this.living.revision;
  }

  /** Takes what was said since the last time, or only those of one type. */
  heard(): ConnectionEvent[];
  heard<T extends ConnectionEvent['type']>(type: T): Extract<ConnectionEvent, { type: T }>[];
  heard(type?: ConnectionEvent['type']): ConnectionEvent[] {
    return this.events.splice(0).filter((event) => type === undefined || event.type === type);
  }
}
