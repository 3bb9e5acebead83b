/** Entry of a worker thread: seats one protocol and speaks the port. */
import { parentPort } from 'node:worker_threads';
import { Emitter, KithError } from './base/index.ts';
import type { FromProtocol, ProtocolModule, ToProtocol } from './contracts/index.ts';
import { SeatTable } from './host/index.ts';

/** Called once, by the entry that bundles a protocol. What a listener throws is the protocol's crash, and ends the thread. */
export function serve(protocol: ProtocolModule): void {
  const port = parentPort;
  if (port === null) throw new KithError('internal', 'A protocol is served in a worker thread only');
  const arrived = new Emitter<readonly ToProtocol[]>((error) => {
    throw error;
  });
  port.on('message', (batch: readonly ToProtocol[]) => arrived.fire(batch));
  void new SeatTable(protocol, {
    post: (batch: readonly FromProtocol[]) => port.postMessage(batch),
    onDidArrive: arrived.event,
  });
}
