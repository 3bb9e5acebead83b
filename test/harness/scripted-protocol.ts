/** A protocol that does what the test says, and remembers what it was asked. */
import type { Facets, ProtocolConnection, ProtocolFace, ProtocolModule, Seat } from '../../src/contracts/index.ts';
import { type Aborting, type ContactId, newContact, type Presence, type ProtocolId } from '../../src/domain/index.ts';

export interface ScriptedConnection {
  readonly seat: Seat;
  readonly connects: { readonly presence: Presence; readonly signal: Aborting }[];
  readonly stored: number[];
  disposed: boolean;
}

export interface ScriptedProtocol extends ProtocolModule {
  /** Every connection ever opened, the newest last. */
  readonly opened: ScriptedConnection[];
  newest(): ScriptedConnection;
}

const face: ProtocolFace = {
  manifest: {
    id: 'scripted' as ProtocolId,
    contract: 1,
    displayName: 'Scripted',
    tag: 'S',
    hidden: true,
    parameters: [],
    statuses: [],
    addressing: { example: 'a@b', uriSchemes: [] },
  },
  normalise: (address) => address as ContactId,
  parseLink: () => undefined,
};

/** By default connecting succeeds at once and there is one friend, available. */
export function scriptedProtocol(
  script: {
    readonly facets?: (seat: Seat) => Partial<Facets>;
    readonly open?: (seat: Seat) => void;
    readonly connect?: (seat: Seat, presence: Presence, signal: Aborting) => Promise<void>;
    readonly dispose?: () => Promise<void>;
  } = {},
): ScriptedProtocol {
  const opened: ScriptedConnection[] = [];
  return {
    ...face,
    opened,
    newest: () => opened.at(-1)!,
    open(seat) {
      script.open?.(seat);
      const record: ScriptedConnection = { seat, connects: [], stored: [], disposed: false };
      opened.push(record);
      const connection: ProtocolConnection = {
        facets: script.facets?.(seat) ?? {},
        async connect(presence, signal) {
          record.connects.push({ presence, signal });
          await (script.connect ?? comeOnline)(seat, presence, signal);
        },
        async disconnect() {
          seat.emit({ type: 'status-changed', status: 'offline', reason: { code: 'requested', text: '' } });
        },
        stored: (revision) => void record.stored.push(revision),
        async [Symbol.asyncDispose]() {
          record.disposed = true;
          await script.dispose?.();
        },
      };
      return connection;
    },
  };
}

export const friend = 'friend@testbed' as ContactId;

export async function comeOnline(seat: Seat): Promise<void> {
  seat.emit({ type: 'status-changed', status: 'connecting' });
  seat.emit({ type: 'status-changed', status: 'online' });
  const presence: Presence = { availability: 'available', status: 'available', message: '' };
  const changed = [newContact(friend, { listed: true, weSeeThem: 'yes', presence })];
  seat.emit({ type: 'contacts-changed', changed, removed: [] });
  seat.emit({ type: 'roster-received' });
}
