/** The people of the browser tests: one account, its list, and what was said before. Every time is counted back from `now`. */
import { face } from '../../protocols/xmpp/manifest.ts';
import type { ProtocolManifest } from '../../src/contracts/index.ts';
import {
  type Account,
  type AccountId,
  type Availability,
  availablePresence,
  type Contact,
  type ContactId,
  type Message,
  type MessageId,
  newContact,
  type PersonId,
  type ProtocolId,
  type Subscription,
} from '../../src/domain/index.ts';

/** Sunday 22 November 2026, 17:53 in UTC. */
export const now = Date.UTC(2026, 10, 22, 17, 53);
const minute = 60_000;
const day = 1440 * minute;

export const xmpp: ProtocolManifest = {
  id: 'xmpp' as ProtocolId,
  contract: 1,
  displayName: 'XMPP',
  tag: 'XMPP',
  hidden: false,
  parameters: face.manifest.parameters,
  statuses: (['available', 'busy', 'away', 'extended-away', 'offline'] as const).map((availability) => ({
    word: availability,
    availability,
    settable: true,
    takesMessage: true,
  })),
  addressing: { example: 'amy@example.org', uriSchemes: ['xmpp'] },
};

export const testbed: ProtocolManifest = {
  ...xmpp,
  id: 'testbed' as ProtocolId,
  displayName: 'Test',
  tag: 'Test',
  hidden: true,
};

export const account = (id: string, address: string, more: Partial<Account> = {}): Account => ({
  id: id as AccountId,
  protocol: xmpp.id,
  address,
  name: '',
  parameters: {},
  enabled: true,
  requested: { ...availablePresence, message: 'Learning lines' },
  ...more,
});

export const juliet = account('juliet', 'juliet@capulet.example', { name: 'Juliet Capulet' });
export const atWork = account('work', 'juliet@work.example');

export interface Neighbour {
  readonly address: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly availability: Availability;
  readonly message?: string;
  readonly request?: string;
  readonly theySeeUs?: Subscription;
}

export const neighbours: readonly Neighbour[] = [
  {
    address: 'romeo@montague.example',
    name: 'Romeo Montague',
    groups: ['Close'],
    availability: 'available',
    message: 'Small Hours · Night Ferry',
  },
  {
    address: 'angelica@capulet.example',
    name: 'Nurse',
    groups: ['Close'],
    availability: 'away',
    message: 'Back before the bread is',
  },
  {
    address: 'benvolio@montague.example',
    name: 'Benvolio',
    groups: ['Close'],
    availability: 'available',
    message: 'By the sycamores',
  },
  {
    address: 'laurence@cell.example',
    name: 'Friar Laurence',
    groups: ['Close'],
    availability: 'busy',
    message: 'Distilling. Knock twice.',
  },
  { address: 'mercutio@verona.example', name: 'Mercutio', groups: ['Verona'], availability: 'available' },
  {
    address: 'layla@cordoba.example',
    name: 'ليلى الأندلسي',
    groups: ['Verona'],
    availability: 'extended-away',
    message: 'في الطريق إلى قرطبة',
  },
  {
    address: 'mizuki@kyoto.example',
    name: '佐藤美月',
    groups: ['Verona'],
    availability: 'available',
    message: '照明の準備中',
  },
  { address: 'tybalt@capulet.example', name: 'Tybalt', groups: ['Verona', 'Family'], availability: 'offline' },
  {
    address: 'lady@capulet.example',
    name: 'Lady Capulet',
    groups: ['Family'],
    availability: 'busy',
    message: 'Seating plan, version nine',
  },
];

export const contactFrom = (neighbour: Neighbour): Contact =>
  newContact(neighbour.address as ContactId, {
    alias: neighbour.name,
    groups: neighbour.groups,
    listed: neighbour.request === undefined,
    weSeeThem: neighbour.request === undefined ? 'yes' : 'no',
    theySeeUs: neighbour.request === undefined ? 'yes' : 'asked',
    presence: { availability: neighbour.availability, status: '', message: neighbour.message ?? '' },
    ...(neighbour.request === undefined ? {} : { request: neighbour.request }),
  });

export const personId = (owner: Account, address: string): PersonId => `${owner.id} ${address}` as PersonId;

export interface Line {
  readonly ago: number;
  readonly from: 'we' | 'they';
  readonly body: string;
}

const we = (ago: number, body: string): Line => ({ ago, from: 'we', body });
const they = (ago: number, body: string): Line => ({ ago, from: 'they', body });

export const said: Readonly<Record<string, readonly Line[]>> = {
  'romeo@montague.example': [
    they(day + 60 * minute, 'Are you at the window or am I waving at a curtain?'),
    we(day + 58 * minute, 'Curtain. I am in the kitchen being shown how to fold napkins into swans.'),
    we(22 * minute, 'Are you still under the window, or have you been sensible and gone home?'),
    they(
      15 * minute,
      'The gate sticks, so I came over the wall. Friar Laurence saw me and made me spell Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen as penance.',
    ),
    we(12 * minute, 'You could have rung. Peter has orders to pretend he is deaf.'),
    we(
      12 * minute,
      'I wrote the lamp a rule, so you can tell from the road:\n```\ndef lamp(window):\n    if window.moon and not cousin_at_home():\n        return "lit"\n```',
    ),
    they(9 * minute, 'Then the Nurse would be at the door before I reached the stairs.'),
  ],
  'angelica@capulet.example': [
    they(30 * minute, 'Who put the good lantern in the henhouse?'),
    we(28 * minute, 'It gives them a sense of occasion.'),
    they(4 * minute, 'Child, your mother asks how many swans there are now.'),
    they(3 * minute, 'Child, your mother is asking'),
  ],
  'benvolio@montague.example': [they(2 * day, 'I passed by the sycamores.')],
};

/** How many of the last incoming ones nobody has read. */
export const unread: Readonly<Record<string, number>> = { 'angelica@capulet.example': 2 };

let made = 0;

export function message(owner: Account, address: string, line: Pick<Line, 'from' | 'body'>, at: number): Message {
  made += 1;
  const own = line.from === 'we';
  return {
    id: `m${String(made).padStart(6, '0')}` as MessageId,
    account: owner.id,
    target: { kind: 'contact', contact: address as ContactId },
    direction: own ? 'outgoing' : 'incoming',
    from: (own ? owner.address : address) as ContactId,
    body: line.body,
    at,
    ...(own ? { delivery: { state: 'read', at: at + minute } } : {}),
  };
}
