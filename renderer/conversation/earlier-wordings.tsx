/** The word that says a message was put otherwise; it opens how it was put before. */
import { useId, useState } from 'react';
import type { Edit } from '../../src/domain/index.ts';
import text from '../look/words.module.css';
import { clockTime } from '../look/times.ts';
import { words } from '../words.ts';
import { MessageText } from './message-text.tsx';
import styles from './plate.module.css';

interface EarlierWordingsProps {
  readonly edit: Edit;
  readonly self: string;
  /** Whether the keys come here. */
  readonly stop: boolean;
}

export function EarlierWordings({ edit, self, stop }: EarlierWordingsProps) {
  const [open, setOpen] = useState(false);
  const list = useId();
  return (
    <>
      <button
        type="button"
        tabIndex={stop ? 0 : -1}
        className={styles['edited']}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        title={words.talk.editedAt(clockTime(edit.at))}
        onClick={() => setOpen(!open)}
      >
        {words.talk.edited}
      </button>
      {open && (
        <ul id={list} className={styles['before']} aria-label={words.talk.before}>
          {edit.before.map(({ body, at }, index) => (
            // Wordings stand in their order for ever.
            // eslint-disable-next-line react/no-array-index-key
            <li key={index} dir="auto">
              <time className={text['number']}>{clockTime(at)}</time>{' '}
              <MessageText body={body} self={self} called={undefined} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
