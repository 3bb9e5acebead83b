/** Who speaks in a room, under which name and in which colour. */
import type { Message, Occupant } from '../../src/domain/index.ts';
import type { Speaker } from '../conversation/talk.tsx';
import { namelessHere, nameShown } from '../look/names.ts';
import { useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import type { RoomKey } from './rooms.ts';
import { useOccupants, useRoom } from './use-rooms.ts';

/** What gives somebody their colour (XEP-0392 §5): the address outside where the room tells it, else the nick. */
export const colourOf = (nick: string, occupant: Occupant | undefined): string => occupant?.address ?? nick;

/** Those who spoke keep their colour when nobody can say any more who they are. */
const remembered = new Map<string, string>();

function lastingColour({ account, room }: RoomKey, nick: string, occupant: Occupant | undefined): string {
  const key = `${account} ${room}/${nick}`;
  if (occupant !== undefined) remembered.set(key, colourOf(nick, occupant));
  return remembered.get(key) ?? colourOf(nick, occupant);
}

export function useSpeakers(key: RoomKey): (message: Message) => Speaker {
  const there = useOccupants(key);
  const { nick: own } = useRoom(key);
  const address = useMirror(({ accounts }) => accounts.all.get(key.account)?.address ?? '');
  return ({ direction, from, nick = from.slice(from.indexOf('/') + 1) }) =>
    direction === 'outgoing'
      ? { name: words.you, colour: address, picture: '', self: nameShown(own, namelessHere) }
      : speaker(nameShown(nick, namelessHere), lastingColour(key, nick, there.get(nick)));
}

const speaker = (name: string, colour: string): Speaker => ({ name, colour, picture: '', self: name });
