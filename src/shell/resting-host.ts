/** A protocol that stays at home: for acts on the profile that must not reach the network. Its contacts are those remembered. */
import { Emitter, type Event, type Log } from '../base/index.ts';
import type { Health, ProtocolFace, ProtocolHost, RemoteConnection } from '../contracts/index.ts';
import { newConnection, snapshot } from '../domain/index.ts';

const never: Event<never> = () => ({ [Symbol.dispose]() {} });

/** Connecting is accepted and comes to nothing, so what is asked for is stored and waits for a real start. */
export function restingHost(face: ProtocolFace, log: Log): ProtocolHost {
  const health = new Emitter<Health>((error) => log.error('A listener failed', { error: String(error) }));
  return {
    face,
    health: 'asleep',
    onDidChangeHealth: health.event,
    startAgain() {},
    wake() {},
    async open(opening): Promise<RemoteConnection> {
      const living = newConnection(opening.account, opening.remembered, opening.rooms);
      return {
        facets: new Set(),
        living,
        get snapshot() {
          return snapshot(living);
        },
        onDidHappen: never,
        async connect() {},
        async disconnect() {},
        stored() {},
        facet: () => undefined,
        async [Symbol.asyncDispose]() {},
      };
    },
    async [Symbol.asyncDispose]() {
      health[Symbol.dispose]();
    },
  };
}
