/** Who someone is: their contacts, by which account, in which groups. In a narrower window it is a sheet over the end edge. */
import { Copy, X } from 'lucide-react';
import { useState } from 'react';
import type { ContactKey } from '../../src/domain/index.ts';
import { useTag } from '../accounts/use-tag.ts';
import { copy } from '../conversation/copy.ts';
import { classes } from '../look/classes.ts';
import text from '../look/words.module.css';
import { plainly } from '../look/turning.ts';
import { useMirror } from '../mirror/index.ts';
import { contactOf } from '../roster/grouping.ts';
import { usePersonBehind } from '../roster/people.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Tag } from '../widgets/badge.tsx';
import { IconButton } from '../widgets/button.tsx';
import { Heard } from '../widgets/heard.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { goTo } from '../window/place.ts';
import { useFocusHandedOn } from '../window/resting-focus.ts';
import { words } from '../words.ts';
import styles from './details-pane.module.css';
import { AboutThem } from './about-them.tsx';
import { Blocking } from './blocking.tsx';
import { Devices } from './devices.tsx';
import { ListPlace } from './list-place.tsx';
import { RequestAnswer } from './request-answer.tsx';

const handsOn = ['[data-list-place] button', 'button'];

export function DetailsPane({ contact: key }: { readonly contact: ContactKey }) {
  const person = usePersonBehind()(key);
  const { availability, message } = person.presence;
  const [pane, setPane] = useState<HTMLElement | null>(null);
  useFocusHandedOn(pane, handsOn);
  const close = (): void => {
    goTo({ details: false });
    document.querySelector<HTMLElement>('#details-button')?.focus();
  };
  return (
    <aside ref={setPane} className={styles['details']} aria-label={words.details.pane(person.name)} data-pane="details">
      <div className={styles['close']}>
        <IconButton icon={X} label={words.details.close} keys="Esc" onClick={close} />
      </div>
      <div className={styles['about']}>
        <Avatar
          address={person.contacts[0]!.contact}
          name={person.name}
          picture={person.avatar}
          presence={availability}
          size={88}
        />
        <h2>
          <bdi>{person.name}</bdi>
        </h2>
        <p>{words.presence[availability]}</p>
        {message !== '' && (
          <p className={styles['message']} dir="auto">
            {message}
          </p>
        )}
      </div>
      <section className={styles['section']}>
        <h3>{words.details.contacts}</h3>
        {person.contacts.map((each) => (
          <ContactLine key={`${each.account} ${each.contact}`} contact={each} />
        ))}
      </section>
      {person.contacts.map((each) => (
        <OpenRequest key={`${each.account} ${each.contact}`} contact={each} name={person.name} />
      ))}
      <Devices key={`devices ${key.account} ${key.contact}`} contact={key} />
      <AboutThem key={`card ${key.account} ${key.contact}`} contact={key} />
      <ListPlace key={`${key.account} ${key.contact}`} contact={key} name={person.name} />
      <Blocking key={`blocking ${key.account} ${key.contact}`} contact={key} name={person.name} />
    </aside>
  );
}

function ContactLine({ contact: key }: { readonly contact: ContactKey }) {
  const contact = useMirror(({ connections }) => contactOf(connections.all, key));
  const account = useMirror(({ accounts }) => accounts.all.get(key.account));
  const tag = useTag(key.account);
  const availability = contact?.presence.availability ?? 'unknown';
  return (
    <div className={styles['contact']}>
      <PresenceShape of={availability} />
      <span className={text['grow']}>
        <span className={classes(styles['address'], text['address'])}>
          <Address of={key.contact} />
        </span>
        <Heard>, {words.presence[availability].toLowerCase()}, </Heard>
        <small className={text['clipped']}>
          {account !== undefined && words.details.via(account.name === '' ? account.address : account.name)}
        </small>
      </span>
      {tag !== undefined && <Tag text={tag} />}
      <IconButton
        icon={Copy}
        label={`${words.details.copyAddress} ${plainly(key.contact)}`}
        onClick={() => void copy(key.contact, words.details.addressCopied)}
        className={styles['copy']}
      />
    </div>
  );
}

/** May break after the @, and only there while it fits. */
function Address({ of: address }: { readonly of: string }) {
  const at = address.lastIndexOf('@') + 1;
  return (
    <>
      {plainly(address.slice(0, at))}
      <wbr />
      {plainly(address.slice(at))}
    </>
  );
}

function OpenRequest({ contact: key, name }: { readonly contact: ContactKey; readonly name: string }) {
  const contact = useMirror(({ connections }) => contactOf(connections.all, key));
  return contact?.theySeeUs === 'asked' && <RequestAnswer contactKey={key} contact={contact} name={name} />;
}
