/** One of us at the door of a room that the test plays by its hand. */
import { messages } from '../../protocols/xmpp/features/messages.ts';
import { ping } from '../../protocols/xmpp/features/ping.ts';
import { presence } from '../../protocols/xmpp/features/presence.ts';
import { rooms } from '../../protocols/xmpp/features/rooms/index.ts';
import { invitations } from '../../protocols/xmpp/features/rooms/invitations.ts';
import { archive } from '../../protocols/xmpp/features/archive.ts';
import type { RoomsFacet } from '../../src/contracts/index.ts';
import type { Message, Occupant, Room, RoomId } from '../../src/domain/index.ts';
import { type RigSettings, XmppRig } from './xmpp-rig.ts';

export const NS_MUC_USER = 'http://jabber.org/protocol/muc#user';
const NS_INFO = 'http://jabber.org/protocol/disco#info';
const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_PRIVATE = 'jabber:iq:private';

export const play = 'play@rooms.example' as RoomId;

export class RoomRig extends XmppRig {
  constructor(settings: RigSettings = {}) {
    super({ features: [ping, presence, messages, invitations, rooms, archive], ...settings });
  }

  get rooms(): RoomsFacet {
    return this.connection.facets.rooms!;
  }

  room(id = play): Room | undefined {
    return this.seat.living.rooms.get(id);
  }

  occupants(id = play): readonly Occupant[] {
    return [...(this.seat.living.occupants.get(id)?.values() ?? [])];
  }

  get heardMessages(): readonly Message[] {
    return this.said('messages-received').flatMap(({ messages: heard }) => heard);
  }

  /** Online, with these bookmarks and nothing older. */
  async begun(items = '', how: Parameters<XmppRig['online']>[0] = {}): Promise<void> {
    await this.online(how);
    await this.answers(
      'pubsub',
      NS_PUBSUB,
      `<pubsub xmlns="${NS_PUBSUB}"><items node="urn:xmpp:bookmarks:1">${items}</items></pubsub>`,
    );
    if (this.seat.kept.get('bookmarks-converted') !== 'yes') await this.answers('query', NS_PRIVATE);
  }

  /** The room says what it is; then we stand at the door. */
  async answersLook(features: readonly string[] = [], name = ''): Promise<void> {
    const vars = features.map((one) => `<feature var="${one}"/>`).join('');
    await this.answers(
      'query',
      NS_INFO,
      `<query xmlns="${NS_INFO}"><identity category="conference" type="text" name="${name}"/>${vars}</query>`,
    );
  }

  /** Somebody's presence in the room. */
  there(nick: string, { codes = [], item = '', more = '', type = '', room = play }: Seen = {}): Promise<void> {
    const marks = codes.map((code) => `<status code="${code}"/>`).join('');
    const kind = type === '' ? '' : ` type="${type}"`;
    return this.says(
      `<presence from="${room}/${nick}"${kind}><x xmlns="${NS_MUC_USER}"><item ${item === '' ? 'affiliation="none" role="participant"' : item}${/>/.test(item) ? '' : '/>'}${marks}</x>${more}</presence>`,
    );
  }

  /** Walks in. What joining asked of the server stays written. */
  async joined(
    how: { readonly nick?: string; readonly features?: readonly string[]; readonly more?: string } = {},
  ): Promise<void> {
    const { nick = 'me', features = [], more = '' } = how;
    const joining = this.rooms.join(play, { nick });
    await this.settle();
    await this.answersLook(features);
    await this.there(nick, { codes: ['110'], more });
    await joining;
  }

  saidBy(nick: string, body: string, more = '', id = `id-${body}`): string {
    return `<message from="${play}/${nick}" to="me@home.example/fake" type="groupchat" id="${id}"><body>${body}</body>${more}</message>`;
  }
}

/** What a promise was refused with; undefined when it was kept. Listens at once, so that nothing goes unheard. */
export const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  );

interface Seen {
  readonly codes?: readonly string[];
  /** The attributes of the item, or the whole rest of it. */
  readonly item?: string;
  readonly more?: string;
  readonly type?: string;
  readonly room?: string;
}
