/** Who this conversation is with, and how they are. */
import { ArrowLeft, PanelRight } from 'lucide-react';
import { type ContactKey, conversationId, type Person } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import { SearchTools } from '../search/search-tools.tsx';
import { Avatar } from '../widgets/avatar.tsx';
import { IconButton } from '../widgets/button.tsx';
import { goTo, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './header.module.css';

export function ConversationHeader({ person, contact }: { readonly person: Person; readonly contact: ContactKey }) {
  const details = usePlace((place) => place.details);
  const online = useMirror(({ connections }) => connections.all.get(contact.account)?.status === 'online');
  const { availability, message } = person.presence;
  const unreachable = !online && availability === 'unknown';
  return (
    <header className={styles['head']}>
      <IconButton
        icon={ArrowLeft}
        label={words.talk.back}
        keys="Esc"
        className={styles['back']}
        onClick={() => goTo({ front: 'people' })}
      />
      <Avatar
        address={person.contacts[0]!.contact}
        name={person.name}
        picture={person.avatar}
        presence={availability}
      />
      <div className={text['grow']}>
        <h1 className={text['clipped']} title={plainly(contact.contact)}>
          <bdi>{person.name}</bdi>
        </h1>
        <p className={styles['sub']}>
          <span className={classes(message === '' ? text['clipped'] : styles['word'])}>
            {unreachable ? words.talk.unreachableNow : words.presence[availability]}
          </span>
          {message !== '' && (
            <>
              <span aria-hidden="true">·</span>
              <span className={text['clipped']} dir="auto">
                {message}
              </span>
            </>
          )}
        </p>
      </div>
      <SearchTools conversation={conversationId(contact.account, { kind: 'contact', contact: contact.contact })} />
      <IconButton
        icon={PanelRight}
        label={words.talk.details}
        keys="Ctrl+I"
        id="details-button"
        on={details}
        aria-pressed={details}
        onClick={() => goTo({ details: !details })}
      />
    </header>
  );
}
