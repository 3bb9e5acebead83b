/** What can be done with a room: at its row, and behind the last button of its conversation. */
import {
  Copy,
  DoorOpen,
  type LucideIcon,
  LogOut,
  MailOpen,
  MessageSquareText,
  PencilLine,
  Pin,
  Settings2,
  Trash2,
  UserPlus,
  UsersRound,
  X,
} from 'lucide-react';
import type { Room } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { copy } from '../conversation/copy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Icon } from '../widgets/icon.tsx';
import type { MenuItem } from '../widgets/menu.tsx';
import { showToast } from '../widgets/toast.tsx';
import { openConversation, openRoomDetails, type RoomDoing } from '../window/place.ts';
import { focusWithin } from '../window/resting-focus.ts';
import { words } from '../words.ts';
import { declineInvitation, joinRoom } from './going.ts';
import { roomConversation, roomConversationId, type RoomKey, roomName } from './rooms.ts';
import { useIsListed, useIsOnline } from './use-rooms.ts';
import { standingIn } from './standing.ts';

/** `within`: the conversation is in front already. */
export function useRoomItems(key: RoomKey, room: Room, within: boolean): readonly MenuItem[] {
  const conversation = useMirror(({ conversations }) => conversations.all.get(roomConversationId(key)));
  const own = useMirror(
    ({ connections }) => connections.all.get(key.account)?.occupants.get(key.room)?.get(room.nick)?.affiliation,
  );
  const online = useIsOnline(key.account);
  const listed = useIsListed(key);
  const { kind } = standingIn(room);
  const read = (): void => {
    const last = conversation?.last;
    if (last !== undefined) orSay(ask('conversation.acknowledge', { conversation: conversation!.id, upTo: last.id }));
  };
  const inside = online && kind === 'in';
  const items = [
    !within && item('open', MessageSquareText, () => openConversation(roomConversation(key))),
    !within && item('members', UsersRound, () => toDetails(key)),
    (conversation?.unread ?? 0) > 0 && item('read', MailOpen, read),
    item('copyAddress', Copy, () => void copy(key.room, words.details.addressCopied)),
    online && (kind === 'left' || kind === 'out') && item('join', DoorOpen, () => joinRoom(key)),
    online && kind === 'invited' && item('accept', DoorOpen, () => joinRoom(key)),
    online && kind === 'invited' && item('decline', X, () => declineInvitation(key, roomName(room))),
    inside && item('invite', UserPlus, () => toDetails(key, 'invite'), { apart: true }),
    inside && item('topic', Pin, () => toDetails(key, 'topic')),
    inside && item('nick', PencilLine, () => toDetails(key, 'nick')),
    inside && own === 'owner' && item('settings', Settings2, () => toDetails(key, 'settings')),
    online && (kind === 'in' || kind === 'coming') && item('leave', LogOut, () => leave(key, room), { apart: true }),
    online && listed && kind !== 'invited' && item('forget', Trash2, () => toDetails(key, 'forget'), { danger: true }),
  ];
  return items.filter((each): each is MenuItem => each !== false);
}

/** What is begun there takes the focus; else the list of members does. */
function toDetails(key: RoomKey, doing?: RoomDoing): void {
  openRoomDetails(key, doing);
  if (doing === undefined) requestAnimationFrame(() => focusWithin(document, ['[data-pane=details] input']));
}

function leave(key: RoomKey, room: Room): void {
  const back = (): void => joinRoom(key);
  orSay(ask('room.leave', key).then(() => showToast(words.roomForm.left(roomName(room)), back)));
}

const item = (
  name: keyof typeof words.roomMenu,
  icon: LucideIcon,
  choose: () => void,
  more: Partial<MenuItem> = {},
): MenuItem => ({
  key: name,
  label: words.roomMenu[name],
  lead: <Icon of={icon} />,
  choose,
  ...more,
});
