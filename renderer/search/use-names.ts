/** How a search calls who said something, and where. */
import { useCallback } from 'react';
import type { AccountId, Conversation, ConversationId, Message } from '../../src/domain/index.ts';
import { namelessHere, nameShown } from '../look/names.ts';
import { useMirror } from '../mirror/index.ts';
import { roomAt, roomName } from '../rooms/rooms.ts';
import { usePersonBehind } from '../roster/people.ts';
import { words } from '../words.ts';

type Place = Pick<Conversation, 'account' | 'target'>;

export interface Names {
  conversationName(id: ConversationId): string;
  placeName(place: Place): string;
  speakerName(message: Message): string;
}

export function useNames(): Names {
  const conversations = useMirror((mirror) => mirror.conversations);
  const connections = useMirror((mirror) => mirror.connections);
  const whose = usePersonBehind();
  const placeName = useCallback(
    ({ account, target }: { readonly account: AccountId; readonly target: Conversation['target'] }): string =>
      target.kind === 'room'
        ? roomName(roomAt(connections.all, { account, room: target.room }))
        : whose({ account, contact: target.contact }).name,
    [connections, whose],
  );
  const conversationName = useCallback(
    (id: ConversationId): string => {
      const known = conversations.all.get(id);
      return known === undefined ? '' : placeName(known);
    },
    [conversations, placeName],
  );
  const speakerName = useCallback(
    (message: Message): string => {
      if (message.direction === 'outgoing') return words.you;
      return message.target.kind === 'room'
        ? nameShown(message.nick ?? message.from, namelessHere)
        : placeName(message);
    },
    [placeName],
  );
  return { conversationName, placeName, speakerName };
}
