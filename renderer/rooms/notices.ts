/** What happened in a room and nobody said: a new topic, being put out. Known for what happens in front of this window. */
import { create } from 'zustand';
import { systemClock } from '../../src/base/index.ts';
import type { HouseEvent } from '../../src/contracts/index.ts';
import type { AccountId, ConversationId, Room } from '../../src/domain/index.ts';
import type { Notice } from '../conversation/grouping.ts';
import { beginning, namelessHere, nameShown } from '../look/names.ts';
import { plainly } from '../look/turning.ts';
import { onDidHear, useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import { roomConversationId } from './rooms.ts';

/** A room that changes its topic without end must not fill the window's memory. */
const most = 50;

export const useNotices = create<ReadonlyMap<ConversationId, readonly Notice[]>>(() => new Map());

/** As each room was when it was last heard of. */
const before = new Map<ConversationId, Room>();
let made = 0;

/** Lives as long as the page. */
export const listening = onDidHear((event: HouseEvent) => {
  if (event.type === 'connection-opened') know(event.connection);
  if (event.type !== 'connection-changed' || event.event.type !== 'rooms-changed') return;
  for (const room of event.event.changed) take(event.account, room);
});

export const joining = useMirror.subscribe((now, then) => {
  if (now.link !== 'joined' || then.link === 'joined') return;
  before.clear();
  for (const { account, rooms } of now.connections.all.values()) know({ account, rooms: rooms.values() });
});

function know({ account, rooms }: { readonly account: AccountId; readonly rooms: Iterable<Room> }): void {
  for (const room of rooms) before.set(roomConversationId({ account, room: room.id }), room);
}

function take(account: AccountId, room: Room): void {
  const id = roomConversationId({ account, room: room.id });
  const known = before.get(id);
  before.set(id, room);
  const said = known === undefined ? undefined : noticeOf(known, room);
  if (said === undefined) return;
  made += 1;
  const notice: Notice = { key: `notice ${made}`, at: systemClock.now(), ...said };
  const all = useNotices.getState();
  useNotices.setState(new Map(all).set(id, [...(all.get(id) ?? []), notice].slice(-most)), true);
}

/** Coming and going of one's own accord is no news, nor is what is known once one is in. */
export function noticeOf(known: Room, room: Room): Pick<Notice, 'kind' | 'text'> | undefined {
  if (known.status !== 'joined') return undefined;
  const { roomTalk } = words;
  if (room.status === 'left' && room.reason !== undefined)
    return { kind: 'out', text: roomTalk.out(plainly(beginning(room.reason.text))) };
  if (room.status !== 'joined' || room.topic === known.topic) return undefined;
  if (room.topic === '') return { kind: 'topic', text: roomTalk.noTopic };
  const topic = plainly(beginning(room.topic));
  const text =
    room.topicBy === undefined
      ? roomTalk.topicIs(topic)
      : roomTalk.setTopic(nameShown(room.topicBy, namelessHere), topic);
  return { kind: 'topic', text };
}
