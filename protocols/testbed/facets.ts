/** What an account can do on the network while it is at home. */
import { KithError } from '../../src/base/index.ts';
import type { Facets } from '../../src/contracts/index.ts';
import {
  type ContactId,
  type ConversationTarget,
  newContact,
  type OutgoingMessage,
  type Presence,
} from '../../src/domain/index.ts';
import { mischief, mischiefAsked } from './mischief.ts';
import type { Network } from './network/network.ts';
import { authorise, refuse, remove, request } from './network/subscriptions.ts';
import type { Pace } from './pace.ts';
import type { Places } from './places.ts';
import { messageOf, type Reader } from './said.ts';
import type { Transfers } from './transfers.ts';

export interface Home {
  readonly network: Network;
  readonly reader: Reader;
  readonly pace: Pace;
  readonly places: Places;
  readonly transfers: Transfers;
  /** Throws 'not-online' when not at home. */
  atHome(): void;
  setOwn(presence: Presence): void;
}

/** All that this network can do; nobody on it has pictures, a name for themselves, or a card, and nobody can be blocked. */
export function facetsOf(
  home: Home,
): Omit<
  Facets,
  | 'readingPosition'
  | 'avatars'
  | 'nickname'
  | 'cards'
  | 'blocking'
  | 'devices'
  | 'attention'
  | 'lifeline'
  | 'onboarding'
  | 'membership'
> {
  const { network, reader, pace, places, transfers } = home;
  const self = reader.address;
  const slowly = async <T>(work: () => T | Promise<T>): Promise<T> => {
    await pace.keep();
    home.atHome();
    return work();
  };
  const { misbehave } = mischief(pace);
  const send = async (message: OutgoingMessage, replaces?: string): Promise<void> => {
    const { id, target, body, at, disclosure } = message;
    if (target.kind === 'room') return places.send(message, replaces);
    const asked = mischiefAsked(contactOf(target), body);
    if (asked) await misbehave(...asked);
    const correction = replaces === undefined ? {} : { replaces };
    const wantsReadMarker = disclosure.readMarkers;
    const letter = network.post(self, contactOf(target), { id, body, ...correction, at, wantsReadMarker });
    network.resident(self).ear?.delivery(letter);
    network.deliver(letter);
  };
  return {
    presence: { setOwn: (presence) => slowly(() => home.setOwn(presence)) },
    roster: {
      request: (contact, asked) => slowly(() => request(network, self, contact, asked)),
      authorise: (contact) => slowly(() => authorise(network, self, contact)),
      refuse: (contact) => slowly(() => refuse(network, self, contact)),
      remove: (contact) => slowly(() => remove(network, self, contact)),
      rename: (contact, alias) => slowly(() => network.write(self, contact, { alias, listed: true })),
      setGroups: (contact, groups) => slowly(() => network.write(self, contact, { groups, listed: true })),
    },
    messages: { send: (message) => slowly(() => send(message)) },
    corrections: { correct: (message, replaces) => slowly(() => send(message, replaces)) },
    chatStates: {
      set: (target, state) =>
        slowly(() => (target.kind === 'room' ? undefined : network.chatState(self, contactOf(target), state))),
    },
    readMarkers: { markRead: (target, origin) => slowly(() => network.markRead(self, contactOf(target), origin)) },
    archive: {
      page: (target, before, limit) =>
        slowly(() => {
          if (target.kind === 'room') return places.page(target.room, before, limit);
          const letters = network.resident(self).letters(contactOf(target));
          const end = before === undefined ? letters.length : letters.findIndex(({ archive }) => archive === before);
          const start = Math.max(0, end - limit);
          return {
            messages: letters.slice(start, Math.max(0, end)).map((letter) => messageOf(letter, reader)),
            complete: start === 0,
          };
        }),
      // Whatever was said is told with the connection's first facts.
      readThrough: () => slowly(() => {}),
    },
    rooms: places.facet(slowly),
    files: transfers.facet(slowly),
    mischief: { misbehave },
  };
}

/** Somebody as the account sees them now. */
export function contactSeen(network: Network, self: ContactId, of: ContactId): ReturnType<typeof newContact> {
  const resident = network.resident(self);
  return newContact(of, {
    ...resident.entry(of),
    presence: network.presenceOf(of, resident),
    abilities: ['text', 'receipts', 'corrections', 'chat-states', 'read-markers'],
  });
}

function contactOf(target: ConversationTarget): ContactId {
  if (target.kind === 'contact') return target.contact;
  throw new KithError('not-supported', 'This is for one person, not for a room');
}
