/** Which of a person's addresses this goes to. */
import { ChevronDown } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { ContactKey, Person } from '../../src/domain/index.ts';
import { useTag } from '../accounts/use-tag.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import { contactOf } from '../roster/grouping.ts';
import { Tag } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Menu } from '../widgets/menu.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { openConversation } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './composer.module.css';

export function Via({ person, contact }: { readonly person: Person; readonly contact: ContactKey }) {
  const [menu, setMenu] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const connections = useMirror((mirror) => mirror.connections);
  const tag = useTag(contact.account);
  const close = useCallback((back: boolean) => {
    setMenu(false);
    if (back) button.current?.focus();
  }, []);
  return (
    <span className={styles['to']}>
      <button
        ref={button}
        type="button"
        className={styles['via']}
        aria-haspopup="menu"
        aria-expanded={menu}
        onClick={() => setMenu(!menu)}
      >
        {words.talk.to}
        <span className={classes(text['address'], text['clipped'])}>{plainly(contact.contact)}</span>
        {tag !== undefined && <Tag text={tag} />}
        <Heard>. {words.talk.chooseContact}</Heard>
        <Icon of={ChevronDown} size="small" />
      </button>
      {menu && (
        <Menu
          label={words.talk.chooseContact}
          className={styles['menu']}
          onClose={close}
          items={person.contacts.map((key) => ({
            key: `${key.account} ${key.contact}`,
            label: plainly(key.contact),
            lead: <PresenceShape of={contactOf(connections.all, key)?.presence.availability ?? 'unknown'} />,
            checked: key.account === contact.account && key.contact === contact.contact,
            choose: () => openConversation({ account: key.account, target: { kind: 'contact', contact: key.contact } }),
          }))}
        />
      )}
    </span>
  );
}
