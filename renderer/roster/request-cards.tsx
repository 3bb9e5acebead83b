/** Someone wants to see when we are online: asked at the top of the list, where they will be. */
import { create } from 'zustand';
import type { Contact, ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { classes } from '../look/classes.ts';
import text from '../look/words.module.css';
import { ask, useMirror } from '../mirror/index.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Button } from '../widgets/button.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import { usePersonBehind } from './people.ts';
import { keyText } from './recent.ts';
import styles from './request-cards.module.css';

/** Set aside for as long as this window stands; nothing is said to them, so they may be answered later. */
const useSetAside = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }));

function setAside(key: string, aside: boolean): void {
  const keys = new Set(useSetAside.getState().keys);
  if (aside) keys.add(key);
  else keys.delete(key);
  useSetAside.setState({ keys });
}

export function RequestCards() {
  const connections = useMirror((mirror) => mirror.connections);
  const { keys } = useSetAside();
  const open = [...connections.all.values()].flatMap(({ account, contacts }) =>
    [...contacts.values()]
      .filter(({ theySeeUs, id }) => theySeeUs === 'asked' && !keys.has(keyText({ account, contact: id })))
      .map((contact) => ({ account, contact })),
  );
  return open
    .slice(0, 3)
    .map(({ account, contact }) => (
      <RequestCard key={`${account} ${contact.id}`} contactKey={{ account, contact: contact.id }} contact={contact} />
    ));
}

function RequestCard({ contactKey, contact }: { readonly contactKey: ContactKey; readonly contact: Contact }) {
  const { name } = usePersonBehind()(contactKey);
  const accept = async (): Promise<void> => {
    await ask('contact.authorise', contactKey);
    if (contact.weSeeThem === 'no') {
      await ask('contact.request', { account: contactKey.account, address: contact.id });
    }
  };
  const later = (): void => {
    const key = keyText(contactKey);
    setAside(key, true);
    showToast(words.request.setAside(name), () => setAside(key, false));
  };
  return (
    <section className={styles['card']} aria-label={`${words.request.card} ${name}`}>
      <div className={styles['who']}>
        <Avatar address={contact.id} name={name} size={36} />
        <div className={text['grow']}>
          {name !== contact.id && <bdi className={classes(styles['name'], text['clipped'])}>{name}</bdi>}
          <span className={classes(styles['address'], text['address'], text['exact'])}>{contact.id}</span>
        </div>
      </div>
      {contact.request !== undefined && contact.request !== '' && <blockquote dir="auto">{contact.request}</blockquote>}
      <p>{words.request.wants}</p>
      <div className={styles['actions']}>
        <Button look="primary" small onClick={() => orSay(accept())}>
          {words.request.accept}
        </Button>
        <Button small onClick={later}>
          {words.request.notNow}
        </Button>
      </div>
    </section>
  );
}
