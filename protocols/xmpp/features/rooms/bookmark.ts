/** One bookmark as servers keep it: read in the three ways that are in use (XEP-0402, and XEP-0048 in PEP or XEP-0049), written in the first. */
import type { RoomId } from '../../../../src/domain/index.ts';
import { bareAddress } from '../../address.ts';
import { type Element, xml } from '../../stream/element.ts';

export const NS_BOOKMARKS = 'urn:xmpp:bookmarks:1';
export const NS_OLD_BOOKMARKS = 'storage:bookmarks';

const longest = 1_000;

export interface Bookmark {
  readonly room: RoomId;
  readonly name: string;
  readonly nick: string | undefined;
  readonly password: string | undefined;
  readonly autojoin: boolean;
}

/** `room` is the item's id. Undefined for what is no bookmark of a room. */
export function readBookmark(room: string | undefined, conference: Element | undefined): Bookmark | undefined {
  const id = bareAddress(room);
  if (conference === undefined || id?.includes('@') !== true) return undefined;
  const autojoin = conference.attribute('autojoin');
  const inside = (name: string): string | undefined => conference.child(name)?.text().slice(0, longest) || undefined;
  return {
    room: id as string as RoomId,
    name: (conference.attribute('name') ?? '').slice(0, longest),
    nick: inside('nick'),
    password: inside('password'),
    autojoin: autojoin === 'true' || autojoin === '1',
  };
}

export function readOldBookmarks(storage: Element | undefined): readonly Bookmark[] {
  const all = storage?.childrenNamed('conference', NS_OLD_BOOKMARKS) ?? [];
  return all.flatMap((conference) => readBookmark(conference.attribute('jid'), conference) ?? []);
}

export function writeBookmark({ name, nick, password, autojoin }: Bookmark): Element {
  return xml(
    'conference',
    NS_BOOKMARKS,
    { ...(name === '' ? {} : { name }), autojoin: String(autojoin) },
    nick === undefined ? undefined : xml('nick', NS_BOOKMARKS, {}, nick),
    password === undefined ? undefined : xml('password', NS_BOOKMARKS, {}, password),
  );
}
