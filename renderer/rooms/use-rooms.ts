/** Rooms as the parts of the window look at them. */
import { useMemo } from 'react';
import type { AccountId, Occupant, Room } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';
import { allRooms, roomAt, type RoomEntry, type RoomKey } from './rooms.ts';

export const useRoom = ({ account, room }: RoomKey): Room =>
  useMirror(({ connections }) => roomAt(connections.all, { account, room }));

export const useIsListed = ({ account, room }: RoomKey): boolean =>
  useMirror(({ connections }) => connections.all.get(account)?.rooms.has(room) === true);

export const useIsOnline = (account: AccountId): boolean =>
  useMirror(({ connections }) => connections.all.get(account)?.status === 'online');

const nobody: ReadonlyMap<string, Occupant> = new Map();

/** Changed in place: look at `connections` to hear of it. */
export function useOccupants({ account, room }: RoomKey): ReadonlyMap<string, Occupant> {
  return (
    useMirror(({ connections }) => connections)
      .all.get(account)
      ?.occupants.get(room) ?? nobody
  );
}

/** All of them, by account and then by name. */
export function useRooms(): readonly RoomEntry[] {
  const connections = useMirror((mirror) => mirror.connections);
  return useMemo(() => allRooms(connections.all), [connections]);
}
