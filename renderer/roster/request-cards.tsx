/** Someone wants to see when we are online: asked at the top of the list, where they will be. */
import { orSay } from '../accounts/remedy.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { ask, keyText } from '../mirror/index.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './request-cards.module.css';
import { acceptRequest, type Request, useRequests } from './requests.ts';

const most = 3;

export function RequestCards() {
  const { open } = useRequests();
  return open.slice(0, most).map((request) => <RequestCard key={keyText(request.key)} request={request} />);
}

function RequestCard({ request: { key, contact, person } }: { readonly request: Request }) {
  const { name } = person;
  const setAside = (aside: boolean): void => orSay(ask('contact.setAside', { ...key, aside }));
  const later = (): void => {
    setAside(true);
    showToast(words.request.setAside(name), () => setAside(false));
  };
  return (
    <section className={styles['card']} aria-label={`${words.request.card} ${name}`}>
      <div className={styles['who']}>
        <Avatar address={contact.id} name={name} size={36} />
        <div className={text['grow']}>
          {name !== contact.id && <bdi className={classes(styles['name'], text['clipped'])}>{name}</bdi>}
          <span className={classes(styles['address'], text['address'], text['exact'])}>{plainly(contact.id)}</span>
        </div>
      </div>
      <Asked request={contact.request} />
      <div className={styles['actions']}>
        <Button look="primary" small onClick={() => orSay(acceptRequest(key, contact))}>
          {words.request.accept}
        </Button>
        <Button small onClick={later}>
          {words.request.notNow}
        </Button>
      </div>
    </section>
  );
}

/** What they want, in their words and ours. */
export function Asked({ request }: { readonly request: string | undefined }) {
  return (
    <div className={styles['asked']}>
      {request !== undefined && request !== '' && <blockquote dir="auto">{plainly(request)}</blockquote>}
      <p>{words.request.wants}</p>
    </div>
  );
}
