/** Where rooms are and which there are (XEP-0045 sections 6.1 to 6.4), in pages (XEP-0059). */
import { KithError } from '../../../../src/base/index.ts';
import type { RoomPage } from '../../../../src/contracts/index.ts';
import type { ListedRoom, RoomId } from '../../../../src/domain/index.ts';
import { bareAddress, domainOf } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import { type Element, xml } from '../../stream/element.ts';
import { NS_DISCO_INFO } from '../caps.ts';
import { NS_DATA } from '../data-forms.ts';
import { NS_PAGES } from '../archive-query.ts';
import { NS_MUC } from './namespaces.ts';

const NS_DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';
const pageSize = 50;
const longestName = 200;
/** A server names its services in a few lines; one with thousands is not asked about each. */
const mostServices = 30;
/** How long a room may take to say what it is before it is entered all the same, in milliseconds. */
const lookPatience = 10_000;

export async function listRooms(
  session: Session,
  service: string | undefined,
  after: string | undefined,
): Promise<RoomPage> {
  const to = service === undefined || service.trim() === '' ? await serviceOf(session) : service.trim().toLowerCase();
  const page = xml(
    'set',
    NS_PAGES,
    {},
    xml('max', NS_PAGES, {}, String(pageSize)),
    after === undefined ? undefined : xml('after', NS_PAGES, {}, after),
  );
  const answer = await session.request({ type: 'get', to, payload: xml('query', NS_DISCO_ITEMS, {}, page) });
  const query = answer.child('query', NS_DISCO_ITEMS);
  const rooms = itemsIn(query).filter(({ id }) => domainOf(id) === to);
  const theirs = query?.child('set', NS_PAGES);
  if (theirs === undefined) return cut(rooms, after);
  const last = theirs.child('last')?.text();
  const count = Number(theirs.child('count')?.text() ?? NaN);
  const first = Number(theirs.child('first')?.attribute('index') ?? NaN);
  const ended = last === undefined || rooms.length === 0 || first + rooms.length >= count;
  return ended ? { rooms } : { rooms, next: last };
}

/** A service that knows no pages says everything each time: it is cut here. */
function cut(rooms: readonly ListedRoom[], after: string | undefined): RoomPage {
  const start = after === undefined ? 0 : rooms.findIndex(({ id }) => id === after) + 1;
  const page = rooms.slice(start, start + pageSize);
  const last = page.at(-1);
  return start + pageSize < rooms.length && last !== undefined ? { rooms: page, next: last.id } : { rooms: page };
}

function itemsIn(query: Element | undefined): readonly ListedRoom[] {
  return (query?.childrenNamed('item') ?? []).flatMap((item) => {
    const id = bareAddress(item.attribute('jid'));
    if (id === undefined || !id.includes('@')) return [];
    return [{ id: id as string as RoomId, name: (item.attribute('name') ?? '').slice(0, longestName) }];
  });
}

/** The first of our server's services that is one for rooms. */
async function serviceOf(session: Session): Promise<string> {
  const server = domainOf(session.self);
  const answer = await session.request({ type: 'get', to: server, payload: xml('query', NS_DISCO_ITEMS) });
  const items = answer.child('query', NS_DISCO_ITEMS)?.childrenNamed('item') ?? [];
  const services = items.flatMap((item) => item.attribute('jid') ?? []).slice(0, mostServices);
  const asked = services.map(async (jid) => ((await hasRooms(session, jid)) ? jid : undefined));
  const found = (await Promise.all(asked)).find((jid) => jid !== undefined);
  if (found === undefined) throw new KithError('not-found', `${server} names no service with rooms`);
  return found;
}

async function hasRooms(session: Session, to: string): Promise<boolean> {
  try {
    const info = await infoOf(session, to);
    return info?.childrenNamed('feature').some((feature) => feature.attribute('var') === NS_MUC) === true;
  } catch {
    // One service that does not answer says nothing about the others.
    return false;
  }
}

async function infoOf(session: Session, to: string): Promise<Element | undefined> {
  const payload = xml('query', NS_DISCO_INFO);
  return (await session.request({ type: 'get', to, payload, patience: lookPatience })).child('query', NS_DISCO_INFO);
}

/** What the room can do, and its name. A room that is not there yet, or does not say, is as if it could nothing. */
export async function look(session: Session, state: RoomState): Promise<void> {
  try {
    const info = await infoOf(session, state.room.id);
    const features = info?.childrenNamed('feature').flatMap((feature) => feature.attribute('var') ?? []) ?? [];
    state.features = new Set(features);
    const name = info?.child('identity')?.attribute('name') ?? nameInForm(info) ?? '';
    if (name !== '') session.rooms.change(state, { name: name.slice(0, longestName) });
  } catch (error) {
    session.log.debug('a room did not say what it is', { error: String(error) });
  }
}

function nameInForm(info: Element | undefined): string | undefined {
  const fields = info?.childrenNamed('x', NS_DATA).flatMap((form) => form.childrenNamed('field')) ?? [];
  return fields
    .find((field) => field.attribute('var') === 'muc#roomconfig_roomname')
    ?.child('value')
    ?.text();
}
