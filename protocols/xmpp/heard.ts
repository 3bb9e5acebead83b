/** A message as it was heard, whichever way it came: straight, as a copy from another device, or out of the archive. */
import type { Instant } from '../../src/base/index.ts';
import type { ContactId } from '../../src/domain/index.ts';
import { bareAddress, domainOf, resourceOf } from './address.ts';
import type { Element } from './stream/element.ts';
import type { Standard } from './standard.ts';

const NS_DELAY = 'urn:xmpp:delay';
const NS_FORWARD = 'urn:xmpp:forward:0';
/** XEP-0359: ids that name one message, given by its sender and by archives. */
export const NS_IDS = 'urn:xmpp:sid:0';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0203',
    name: 'Delayed Delivery',
    version: '2.0',
    status: 'complete',
    test: 'protocols/xmpp/features/messages.test.ts',
  },
  {
    id: 'XEP-0297',
    name: 'Stanza Forwarding',
    version: '1.0',
    status: 'partial',
    test: 'protocols/xmpp/features/carbons.test.ts',
    note: 'read in copies and archives; nothing is forwarded',
  },
];

export interface Heard {
  /** The innermost message. */
  readonly message: Element;
  readonly via: 'live' | 'carbon' | 'archive';
  readonly direction: 'incoming' | 'outgoing';
  /** The other end, whoever spoke. */
  readonly peer: ContactId;
  /** When it was said, as far as servers vouch for it. */
  readonly at: Instant;
  /** The id under which our own archive keeps it, when our server said so. */
  readonly archive?: string;
  /** It came while we were away, and nobody here has heard it yet. */
  readonly missed?: boolean;
  /** It stands above what is here already, exactly where its stamp says. */
  readonly earlier?: boolean;
}

export interface Listener {
  /** Our bare address. */
  readonly self: ContactId;
  readonly now: Instant;
  /** True when our server marks what it archives, and so also takes away marks that others forged (XEP-0359 section 5). */
  readonly serverMarks: boolean;
  /** True for the address of a room: there every name is somebody else. */
  isRoom(address: string): boolean;
}

/** Undefined for what is not between two people (rooms) and for what bears an impossible address. */
export function hear(
  message: Element,
  listener: Listener,
  how: { readonly via: Heard['via']; readonly at?: Instant; readonly archive?: string },
): Heard | undefined {
  if (message.attribute('type') === 'groupchat') return undefined;
  // Without a sender it is from our own account (RFC 6120 section 8.1.2.1).
  const from = bareAddress(message.attribute('from') ?? listener.self);
  const to = bareAddress(message.attribute('to') ?? listener.self);
  if (from === undefined || to === undefined) return undefined;
  const direction = from === listener.self ? 'outgoing' : 'incoming';
  const peer = peerOf(
    direction === 'outgoing' ? to : from,
    message.attribute(direction === 'outgoing' ? 'to' : 'from'),
    listener,
  );
  const archive = how.archive ?? (listener.serverMarks ? markOf(message, listener.self) : undefined);
  const at = how.at ?? stampBy(message, [undefined, listener.self, domainOf(listener.self), domainOf(peer)]);
  return {
    message,
    via: how.via,
    direction,
    peer,
    // A clock that runs ahead must not put a message after all that follow.
    at: Math.min(at ?? listener.now, listener.now),
    ...(archive === undefined ? {} : { archive }),
  };
}

/** What somebody in a room says to us alone (XEP-0045 section 7.5) is theirs, under the name they bear there. */
function peerOf(bare: ContactId, whole: string | undefined, listener: Listener): ContactId {
  const nick = resourceOf(whole ?? '');
  return nick !== '' && listener.isRoom(bare) ? (`${bare}/${nick}` as ContactId) : bare;
}

/** The message inside a `<forwarded/>` (XEP-0297) with the stamp beside it. */
export function forwarded(wrapper: Element): { readonly message: Element; readonly at?: Instant } | undefined {
  const inside = wrapper.child('forwarded', NS_FORWARD);
  const message = inside?.child('message', 'jabber:client');
  if (inside === undefined || message === undefined) return undefined;
  const at = stampOf(inside.child('delay', NS_DELAY));
  return at === undefined ? { message } : { message, at };
}

/** The id our own archive gave it; another archive's says nothing to us. */
function markOf(message: Element, self: ContactId): string | undefined {
  return message
    .childrenNamed('stanza-id', NS_IDS)
    .find((mark) => bareAddress(mark.attribute('by')) === self)
    ?.attribute('id');
}

/** XEP-0203: only a server's stamp counts; a sender could put words into last year. */
export function stampBy(message: Element, vouching: readonly (string | undefined)[]): Instant | undefined {
  const delay = message
    .childrenNamed('delay', NS_DELAY)
    .find((one) => vouching.includes(one.attribute('from')?.toLowerCase()));
  return stampOf(delay);
}

function stampOf(delay: Element | undefined): Instant | undefined {
  const at = Date.parse(delay?.attribute('stamp') ?? '');
  return Number.isNaN(at) ? undefined : at;
}
