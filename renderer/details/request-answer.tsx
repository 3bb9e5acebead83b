/** A request that was put off, or is still open: answered here as well. */
import type { Contact, ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { Asked } from '../roster/request-cards.tsx';
import { acceptRequest } from '../roster/requests.ts';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './details-pane.module.css';

export interface RequestAnswerProps {
  readonly contactKey: ContactKey;
  readonly contact: Contact;
  readonly name: string;
}

export function RequestAnswer({ contactKey, contact, name }: RequestAnswerProps) {
  const decline = (): void => {
    orSay(ask('contact.refuse', contactKey).then(() => showToast(words.request.declined(name))));
  };
  return (
    <section className={styles['section']} aria-label={`${words.request.card} ${name}`}>
      <h3>{words.request.title}</h3>
      <Asked request={contact.request} />
      <div className={styles['actions']}>
        <Button look="primary" small onClick={() => orSay(acceptRequest(contactKey, contact))}>
          {words.request.accept}
        </Button>
        <Button small onClick={decline}>
          {words.request.decline}
        </Button>
      </div>
    </section>
  );
}
