/** Keeping somebody away, and letting them in again. Said first what it means, in place. */
import { useState } from 'react';
import type { ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './details-pane.module.css';

const { blocking: said } = words;

/** Nothing where the network cannot block. */
export function Blocking({ contact: key, name }: { readonly contact: ContactKey; readonly name: string }) {
  const blocked = useMirror(({ connections }) => connections.all.get(key.account)?.blocked);
  if (blocked === undefined) return null;
  return (
    <section className={styles['section']}>
      {blocked.includes(key.contact) ? (
        <>
          <p className={styles['quiet']}>{said.isBlocked}</p>
          <div className={styles['actions']}>
            <Button small onClick={() => orSay(ask('contact.unblock', key))}>
              {said.unblock}
            </Button>
          </div>
        </>
      ) : (
        <BlockContact contact={key} name={name} />
      )}
    </section>
  );
}

function BlockContact({ contact: key, name }: { readonly contact: ContactKey; readonly name: string }) {
  const [sure, setSure] = useState(false);
  if (!sure) {
    return (
      <div className={styles['actions']}>
        <Button look="quiet" danger small onClick={() => setSure(true)}>
          {said.block}
        </Button>
      </div>
    );
  }
  const block = (report?: 'spam' | 'abuse'): void => {
    const asked = ask('contact.block', { ...key, ...(report === undefined ? {} : { report }) });
    orSay(asked.then(() => showToast(said.blocked(name), () => orSay(ask('contact.unblock', key)))));
  };
  return (
    <div className={styles['sure']} role="group" aria-label={said.block}>
      <p>{said.sure(name)}</p>
      <div className={styles['actions']}>
        <Button danger small onClick={() => block()}>
          {said.blockOnly}
        </Button>
        <Button danger small onClick={() => block('spam')}>
          {said.reportSpam}
        </Button>
        <Button danger small onClick={() => block('abuse')}>
          {said.reportAbuse}
        </Button>
        <Button small onClick={() => setSure(false)}>
          {words.details.cancel}
        </Button>
      </div>
    </div>
  );
}
