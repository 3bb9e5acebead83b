/** What can be done with a room, at its row. */
import { ContextMenu, type Spot } from '../widgets/context-menu.tsx';
import { words } from '../words.ts';
import { useRoomItems } from './room-menu.tsx';
import type { RoomKey } from './rooms.ts';
import { useRoom } from './use-rooms.ts';

export interface RoomRowMenuProps {
  readonly room: RoomKey;
  readonly name: string;
  readonly at: Spot;
  onClose(back: boolean): void;
}

export function RoomRowMenu({ room: key, name, at, onClose }: RoomRowMenuProps) {
  const items = useRoomItems(key, useRoom(key), false);
  return <ContextMenu label={words.rooms.roomOf(name)} at={at} onClose={onClose} items={items} />;
}
