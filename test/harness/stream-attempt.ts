/** A stream that is being tried: against the fake server, on the virtual clock, with a person who answers as told. */
import { KithError, silentLog } from '../../src/base/index.ts';
import type { Aborting, CertificateFacts } from '../../src/domain/index.ts';
import {
  newStream,
  type Established,
  type Incoming,
  type Resumption,
  type Stream,
  type StreamEnd,
  type StreamParts,
  type StreamSettings,
} from '../../protocols/xmpp/stream/index.ts';
import type { FakeServer } from './fake-xmpp-server.ts';
import { TestLoginMemory } from './test-login-memory.ts';
import { VirtualClock } from './virtual-clock.ts';
import { bounded } from './waiting.ts';

export interface Attempt {
  readonly stream: Stream;
  readonly clock: VirtualClock;
  /** What the person was asked about, and how often the password was. */
  readonly asked: { readonly certificates: CertificateFacts[]; passwords: number };
  readonly received: Incoming[];
  readonly ended: Promise<StreamEnd>;
  /** Never rejects: what came of it. */
  readonly opened: Promise<Established | KithError>;
  abort(): void;
  /** The next stanza that arrives. */
  next(): Promise<Incoming>;
}

export interface Trying extends Partial<StreamSettings> {
  readonly resume?: Resumption;
  readonly parts?: Partial<StreamParts>;
  /** Instead of the one `abort` works on. */
  readonly signal?: Aborting;
}

/** Begins at once. Unless told otherwise amy@kith.test has the password 'secret', and accepts no certificate that does not verify. */
export function attempt(server: Pick<FakeServer, 'port'>, trying: Trying = {}): Attempt {
  const { resume, parts, signal, ...settings } = trying;
  const clock = new VirtualClock();
  const asked: Attempt['asked'] = { certificates: [], passwords: 0 };
  const controller = new AbortController();
  const stream = newStream(
    {
      address: 'amy@kith.test',
      resource: undefined,
      host: '127.0.0.1',
      port: server.port,
      clock,
      log: silentLog,
      memory: new TestLoginMemory(),
      ...settings,
      async password() {
        asked.passwords += 1;
        return await (settings.password?.() ?? 'secret');
      },
      async trust(facts) {
        asked.certificates.push(facts);
        return await (settings.trust?.(facts) ?? false);
      },
    },
    parts,
  );
  const received: Incoming[] = [];
  const waiting: ((incoming: Incoming) => void)[] = [];
  let taken = 0;
  const listening = stream.onDidReceive((incoming) => {
    received.push(incoming);
    if (waiting.length > 0) {
      taken += 1;
      waiting.shift()?.(incoming);
    }
  });
  const ended = new Promise<StreamEnd>((resolve) => {
    const ending = stream.onDidEnd((end) => {
      ending[Symbol.dispose]();
      listening[Symbol.dispose]();
      resolve(end);
    });
  });
  const opened = stream.open(signal ?? controller.signal, resume).catch((error: unknown) => {
    if (error instanceof KithError) return error;
    throw error;
  });
  return {
    stream,
    clock,
    asked,
    received,
    ended,
    opened,
    abort: () => controller.abort(),
    next() {
      const come = received[taken];
      if (come === undefined) return bounded('a stanza', new Promise((resolve) => waiting.push(resolve)), 10_000);
      taken += 1;
      return Promise.resolve(come);
    },
  };
}

/** For what must have worked. */
export async function established(tried: Attempt): Promise<Established> {
  const outcome = await tried.opened;
  if (outcome instanceof KithError) throw outcome;
  return outcome;
}

/** For what must have failed: with which code. */
export async function refusedWith(tried: Attempt): Promise<KithError['code'] | 'opened'> {
  const outcome = await tried.opened;
  return outcome instanceof KithError ? outcome.code : 'opened';
}
