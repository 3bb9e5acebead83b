/** A two-way road for JSON values, whatever carries it: a WebSocket, a message port, a line-by-line socket. */
import { Emitter, type Event } from '../../base/index.ts';

export interface Port {
  send(value: unknown): void;
  /** Bytes handed over and not yet taken by the other side; 0 where the transport cannot say. */
  readonly backlog: number;
  readonly onDidReceive: Event<unknown>;
  /** Fires once, whoever closed it. Nothing is received afterwards. */
  readonly onDidClose: Event<void>;
  /** Harmless when closed already. `why` is told to the other side where the transport can say it. */
  close(why?: string): void;
}

/** Two ends of one road inside this process, for tests and for a core without a door. Values are copied as JSON would. */
export function portPair(): readonly [Port, Port] {
  const raise = (error: unknown): never => {
    throw error;
  };
  const ends = [0, 1].map(() => ({ received: new Emitter<unknown>(raise), closed: new Emitter<void>(raise) }));
  let open = true;
  const end = (near: number): Port => ({
    backlog: 0,
    send(value) {
      const copied: unknown = JSON.parse(JSON.stringify(value));
      queueMicrotask(() => open && ends[1 - near]?.received.fire(copied));
    },
    onDidReceive: ends[near]!.received.event,
    onDidClose: ends[near]!.closed.event,
    close() {
      if (!open) return;
      open = false;
      for (const { closed } of ends) closed.fire();
    },
  });
  return [end(0), end(1)];
}
