/** What amy does meanwhile, as she did when the traffic was captured, so that answers have questions. */
import type { Facets } from '../../../src/contracts/index.ts';
import { emptyCard, everythingTold, type ContactId, type MessageId, type RoomId } from '../../../src/domain/index.ts';
import type { Sent } from './recording.ts';

/** `show` is told what came back and would be shown, and of whom it was asked. */
export type Act = (
  facets: Partial<Facets>,
  sent: Sent | undefined,
  show: (answer: unknown, of: string) => void,
) => Promise<unknown> | undefined;

const ben = 'ben@kith.test' as ContactId;
const cleo = 'cleo@kith.test' as ContactId;
const room = 'kitchen@rooms.kith.test' as RoomId;
const benHimself = { kind: 'contact', contact: ben } as const;

const asked =
  (of: string, ask: (facets: Partial<Facets>) => Promise<unknown> | undefined): Act =>
  (facets, _sent, show) =>
    ask(facets)?.then((answer) => show(answer, of));

export const goIntoTheRoom: Act = ({ rooms }) => rooms?.join(room, { nick: 'Amy' });

/** With the id it had then, which receipts and refusals name. */
const say: Act = ({ messages }, sent) => {
  if (sent === undefined) return undefined;
  const { id, to, body } = sent;
  const target =
    to === room ? ({ kind: 'room', room } as const) : ({ kind: 'contact', contact: to as ContactId } as const);
  return messages?.send({ id: id as MessageId, target, body, at: 0, disclosure: everythingTold });
};

export const acts: readonly Act[] = [
  say,
  say,
  asked(ben, ({ archive }) => archive?.page(benHimself, undefined, 10)),
  asked(room, ({ archive }) => archive?.page({ kind: 'room', room }, undefined, 10)),
  asked(ben, ({ cards }) => cards?.read(ben)),
  ({ cards }) => cards?.writeOwn({ ...emptyCard, name: 'Amy' }),
  asked(ben, ({ devices }) => devices?.list(ben)),
  asked('rooms.kith.test', ({ rooms }) => rooms?.list(undefined, undefined)),
  ({ rooms }) => rooms?.setTopic(room, 'Cake'),
  ({ rooms }) => rooms?.leave(room),
  goIntoTheRoom,
  ({ blocking }) => blocking?.block(cleo),
  ({ blocking }) => blocking?.unblock(cleo),
  ({ roster }) => roster?.rename(ben, 'Big Ben'),
  ({ roster }) => roster?.setGroups(ben, ['Work']),
  ({ roster }) => roster?.authorise(cleo),
  ({ chatStates }) => chatStates?.set(benHimself, 'composing'),
  ({ readMarkers }) => readMarkers?.markRead(benHimself, 'e9b10ed0-04e9-48e8-b485-012fb4806f12'),
  ({ attention }) => attention?.set(false),
  ({ nickname }) => nickname?.setOwn('Amy'),
  ({ avatars }) => avatars?.fetch(ben, '0'.repeat(40)),
];
