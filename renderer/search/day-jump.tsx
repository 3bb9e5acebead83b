/** To the first thing said on a day, or after it: the conversation is then read from there. */
import { type FormEvent, useState } from 'react';
import { type KithError, systemClock } from '../../src/base/index.ts';
import type { ConversationId } from '../../src/domain/index.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import { showHit } from './search.ts';
import styles from './search.module.css';

/** Messages of the answer: what comes before that day is in it too. */
const enough = 10;

export function DayJump({ conversation }: { readonly conversation: ConversationId }) {
  const [day, setDay] = useState('');
  const go = (event: FormEvent): void => {
    event.preventDefault();
    const since = beginOf(day);
    if (since !== undefined) goToDay(conversation, since);
  };
  return (
    <form className={styles['day']} onSubmit={go}>
      <label htmlFor="day">{words.search.toDay}</label>
      <input
        id="day"
        type="date"
        max={dayOf(systemClock.now())}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <Button small type="submit" disabled={day === ''}>
        {words.search.go}
      </Button>
    </form>
  );
}

function goToDay(conversation: ConversationId, since: number): void {
  ask('history.page', { conversation, place: { since }, limit: enough }).then(
    ({ messages }) => {
      const found = messages.find(({ at }) => at >= since) ?? messages.at(-1);
      if (found === undefined) showToast(words.search.nothingYet);
      else showHit(found);
    },
    (error: KithError) => showToast(words.fault[error.code]),
  );
}

/** Midnight where the person is; undefined for what is no day. */
function beginOf(day: string): number | undefined {
  const at = new Date(`${day}T00:00`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** As a field for days writes it: 2026-11-27. */
function dayOf(at: number): string {
  const day = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
