/** What a person configured. Survives everything. */
import type { AccountId, ProtocolId } from './ids.ts';
import type { Presence } from './presence.ts';

export type ParameterValue = string | number | boolean;

export interface Account {
  readonly id: AccountId;
  readonly protocol: ProtocolId;
  /** As normalised by the protocol; also what is shown. */
  readonly address: string;
  /** The name people know it by; empty means the address. */
  readonly name: string;
  /** Never holds a secret. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly enabled: boolean;
  /** What the person last asked for; replayed after a crash and at the next start. */
  readonly requested: Presence;
}

/** The person wants it connected. */
export const isWanted = ({ enabled, requested }: Account): boolean => enabled && requested.availability !== 'offline';
