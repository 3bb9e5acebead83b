/** The town's yesterday: what was said before the demo begins, as letters with the right dates. */
import type { Clock, Instant } from '../../../src/base/index.ts';
import type { ContactId } from '../../../src/domain/index.ts';
import type { Network } from '../network/network.ts';
import type { Letter } from '../network/resident.ts';
import { history, type When } from './history.ts';

const minute = 60_000;
const afterThought = 20_000;

/** Files everything the account and this person said. Their numbers are the same in every life, so repeats are recognised. */
export function recall(network: Network, account: ContactId, person: ContactId): { old: Letter[]; unread: Letter[] } {
  const old: Letter[] = [];
  const unread: Letter[] = [];
  for (const [index, line] of (history[person] ?? []).entries()) {
    const [from, to] = line.who === 'we' ? [account, person] : [person, account];
    const number = `town-${person}-${index}`;
    const at = instant(network.clock, line.when);
    const id = `${number}-${account}`;
    const first = { id, body: line.was ?? line.body, at, archive: number };
    const again = {
      id: `${id}-again`,
      body: line.body,
      replaces: id,
      at: at + afterThought,
      archive: `${number}-again`,
    };
    for (const said of line.was === undefined ? [first] : [first, again]) {
      const letter = network.post(from, to, said);
      letter.state = line.unread === true ? 'sent' : 'read';
      (line.unread === true ? unread : old).push(letter);
    }
  }
  return { old, unread };
}

function instant(clock: Clock, when: When): Instant {
  if (typeof when === 'number') return clock.now() - when * minute;
  const [daysAgo, time] = when;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const day = new Date(clock.now());
  day.setDate(day.getDate() - daysAgo);
  day.setHours(hours, minutes, 0, 0);
  return day.getTime();
}
