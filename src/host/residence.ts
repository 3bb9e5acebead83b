/** Where one life of a protocol is lived: a worker thread, or here. */
import { asKithError, type Event, type Log } from '../base/index.ts';
import type { FromProtocol, ProtocolModule, ToProtocol } from '../contracts/index.ts';
import { loopback, type Port } from './port.ts';
import { SeatTable } from './seat-table.ts';

export interface Residence {
  readonly port: Port<ToProtocol, FromProtocol>;
  /** It ended without being asked to; the words say why. */
  readonly onDidEnd: Event<string>;
  /** Resolves when nothing of it runs any more. */
  end(): Promise<void>;
}

/** In this very thread: for tests and the debugger. What crashes here crashes everything. */
export function inlineResidence(protocol: ProtocolModule, log: Log): Residence {
  const [port, inside] = loopback<ToProtocol, FromProtocol>((error) =>
    log.error('A port listener threw', { error: asKithError(error).message }),
  );
  const table = new SeatTable(protocol, inside);
  return {
    port,
    onDidEnd: () => ({ [Symbol.dispose]() {} }),
    end: async () => table[Symbol.asyncDispose](),
  };
}
