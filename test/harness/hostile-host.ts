/** A host whose protocol the test can crash, deafen and rob of facts, on the virtual clock. */
import { type Disposable, Emitter, type LogLine, logTo } from '../../src/base/index.ts';
import type { FromProtocol, HostDuties, Opening, ProtocolModule, ToProtocol } from '../../src/contracts/index.ts';
import type { AccountId, ContactId } from '../../src/domain/index.ts';
import { loopback } from '../../src/host/port.ts';
import type { Residence } from '../../src/host/residence.ts';
import { SeatTable } from '../../src/host/seat-table.ts';
import { SupervisedHost } from '../../src/host/supervised-host.ts';
import { VirtualClock } from './virtual-clock.ts';

const raise = (error: unknown): never => {
  throw error;
};

/** One life of the protocol, in the test's hands. */
export class Life implements Residence {
  readonly port: Residence['port'];
  readonly #table: SeatTable;
  readonly #listening: Disposable;
  readonly #ended = new Emitter<string>(raise);
  readonly batches: (readonly FromProtocol[])[] = [];
  /** What of the protocol's words reaches the house. A hang lets nothing through. */
  passes: (message: FromProtocol) => boolean = () => true;
  over = false;

  constructor(protocol: ProtocolModule) {
    const [outside, inside] = loopback<ToProtocol, FromProtocol>(raise);
    const arrived = new Emitter<readonly FromProtocol[]>(raise);
    this.#listening = outside.onDidArrive((batch) => {
      this.batches.push(batch);
      const passing = batch.filter((message) => this.passes(message));
      if (!this.over && passing.length > 0) arrived.fire(passing);
    });
    this.port = { post: (batch) => this.over || outside.post(batch), onDidArrive: arrived.event };
    this.#table = new SeatTable(protocol, inside);
  }

  get onDidEnd(): Residence['onDidEnd'] {
    return this.#ended.event;
  }

  crash(why = 'Told to'): void {
    this.over = true;
    this.#ended.fire(why);
  }

  hang(): void {
    this.passes = () => false;
  }

  async end(): Promise<void> {
    this.over = true;
    this.#listening[Symbol.dispose]();
    await this.#table[Symbol.asyncDispose]();
  }
}

export interface HostileHost {
  readonly host: SupervisedHost;
  readonly clock: VirtualClock;
  /** Every life so far, the newest last. */
  readonly lives: Life[];
  readonly lines: LogLine[];
  life(): Life;
}

/** `settle` may throw instead, for a protocol that cannot even start. */
export function hostileHost(
  protocol: ProtocolModule,
  duties: Partial<HostDuties> = {},
  settle: () => Life = () => new Life(protocol),
): HostileHost {
  const clock = new VirtualClock();
  const lives: Life[] = [];
  const lines: LogLine[] = [];
  const host = new SupervisedHost(
    protocol,
    () => {
      const life = settle();
      lives.push(life);
      return life;
    },
    {
      ask: () => new Promise(() => {}),
      remember() {},
      readToken: async () => undefined,
      keepToken() {},
      opening: (account) => openingOf(account),
      ...duties,
    },
    { clock, log: logTo((line) => lines.push(line)) },
  );
  return { host, clock, lives, lines, life: () => lives.at(-1)! };
}

export function openingOf(name: string, more: Partial<Opening> = {}): Opening {
  return {
    account: name as AccountId,
    address: `${name}@testbed` as ContactId,
    parameters: {},
    remembered: [],
    rooms: [],
    memory: [],
    ...more,
  };
}
