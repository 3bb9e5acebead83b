/** Taking someone out of the list cannot be undone from here, since they would have to be asked again: so it is said first, in place. */
import { useEffect, useRef } from 'react';
import type { ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './details-pane.module.css';

export interface RemoveContactProps {
  readonly contactKey: ContactKey;
  readonly name: string;
  onDone(): void;
}

export function RemoveContact({ contactKey, name, onDone }: RemoveContactProps) {
  const group = useRef<HTMLDivElement>(null);
  // What is said is heard first; a second press of the same key does nothing yet.
  useEffect(() => group.current?.focus(), []);
  const remove = (): void => {
    onDone();
    orSay(ask('contact.remove', contactKey).then(() => showToast(words.details.removed(name))));
  };
  return (
    <div ref={group} className={styles['sure']} role="group" aria-label={words.details.remove} tabIndex={-1}>
      <p>{words.details.removeSure(name)}</p>
      <div className={styles['actions']}>
        <Button danger small onClick={remove}>
          {words.details.removeYes}
        </Button>
        <Button small onClick={onDone}>
          {words.details.cancel}
        </Button>
      </div>
    </div>
  );
}
