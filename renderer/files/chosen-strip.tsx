/** What is about to be sent: each file with its size, and a look at it where it is a picture. */
import { FileText, X } from 'lucide-react';
import { useState } from 'react';
import { type ConversationId, sizeText } from '../../src/domain/index.ts';
import { IconButton } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import { type ChosenFile, faultOf, takeOut } from './chosen.ts';
import { FileName } from './file-name.tsx';
import styles from './files.module.css';

export function ChosenStrip({
  id,
  chosen,
  largest,
}: {
  readonly id: ConversationId;
  readonly chosen: readonly ChosenFile[];
  readonly largest: number | undefined;
}) {
  if (chosen.length === 0) return null;
  return (
    <ul className={styles['chosen']} aria-label={words.files.chosen}>
      {chosen.map((each) => {
        const fault = faultOf(each, largest) ?? each.fault;
        return (
          <li key={each.key} className={styles['card']}>
            <Look of={each} />
            <span className={styles['said']}>
              <FileName name={each.name} />
              {fault === undefined ? (
                <small>{sizeText(each.file.size)}</small>
              ) : (
                <small className={styles['bad']} role="alert">
                  {fault}
                </small>
              )}
            </span>
            <IconButton
              icon={X}
              label={words.files.takeOut(each.name)}
              onClick={() => {
                takeOut(id, each.key);
                document.getElementById('message-field')?.focus();
              }}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** Decoded in the window's sandbox, out of the file itself. */
function Look({ of: { look } }: { readonly of: ChosenFile }) {
  const [broken, setBroken] = useState(false);
  return (
    <span className={styles['tile']}>
      {look === undefined || broken ? (
        <Icon of={FileText} />
      ) : (
        <img src={look} alt="" onError={() => setBroken(true)} />
      )}
    </span>
  );
}
