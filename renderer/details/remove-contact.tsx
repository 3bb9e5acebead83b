/** Taking someone out of the list cannot be undone from here, since they would have to be asked again: so it is said first, in place. */
import { useState } from 'react';
import type { ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './details-pane.module.css';

export function RemoveContact({ contactKey, name }: { readonly contactKey: ContactKey; readonly name: string }) {
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <Button look="quiet" danger small onClick={() => setSure(true)}>
        {words.details.remove}
      </Button>
    );
  }
  const remove = (): void => {
    orSay(ask('contact.remove', contactKey).then(() => showToast(words.details.removed(name))));
  };
  return (
    <div className={styles['sure']} role="group" aria-label={words.details.remove}>
      <p>{words.details.removeSure(name)}</p>
      <div className={styles['actions']}>
        <Button danger small onClick={remove}>
          {words.details.removeYes}
        </Button>
        <Button small onClick={() => setSure(false)}>
          {words.details.cancel}
        </Button>
      </div>
    </div>
  );
}
