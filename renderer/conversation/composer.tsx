/** Where one writes. Enter sends, Shift+Enter begins a line; what is not sent is kept. */
import { ArrowUp, ChevronDown, CircleAlert } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { KithError } from '../../src/base/index.ts';
import { type ContactKey, conversationId, type Person } from '../../src/domain/index.ts';
import { faultText } from '../accounts/remedy.ts';
import { useTag } from '../accounts/use-tag.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { ask, useMirror } from '../mirror/index.ts';
import { Tag } from '../widgets/badge.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Menu } from '../widgets/menu.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { contactOf } from '../roster/grouping.ts';
import { goTo, openConversation, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './composer.module.css';
import { draftOf, keepDraft, takeDraft, useDrafts } from './drafts.ts';
import { useOwnTyping } from './use-own-typing.ts';

export interface ComposerProps {
  readonly person: Person;
  readonly contact: ContactKey;
}

export function Composer({ person, contact }: ComposerProps) {
  const { account } = contact;
  const target = { kind: 'contact', contact: contact.contact } as const;
  const conversation = { account, target };
  const id = conversationId(account, target);
  const draft = useDrafts(({ drafts }) => drafts.get(id) ?? '');
  const [fault, setFault] = useState<{ readonly id: string; readonly text: string; readonly lost: boolean }>();
  const link = useMirror((mirror) => mirror.link);
  const tellTyping = useOwnTyping(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const empty = draft.trim() === '';

  const wanted = usePlace((place) => place.wantsField);
  useEffect(() => {
    const place = field.current;
    if (!wanted || place === null) return;
    goTo({ wantsField: false });
    place.focus();
    place.setSelectionRange(place.value.length, place.value.length);
  }, [wanted]);

  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (empty) return;
    const body = draft.trimEnd();
    setFault(undefined);
    if (link !== 'joined') return setFault({ id, text: words.talk.keptUntilBack, lost: true });
    const sent = ask('message.send', { account, target, body });
    takeDraft(conversation, sent);
    tellTyping('');
    field.current?.focus();
    sent.catch((error: KithError) => {
      // Nothing was stored, so nothing may be lost: the words go back where they came from.
      const since = draftOf(id);
      keepDraft(conversation, since === '' ? body : `${body}\n${since}`);
      const lost = error.code === 'network';
      setFault({ id, text: lost ? words.talk.keptUntilBack : faultText(error), lost });
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className={styles['composer']} aria-label={words.talk.write(person.name)} onSubmit={send}>
      <div className={styles['box']}>
        <textarea
          ref={field}
          id="message-field"
          rows={1}
          dir="auto"
          aria-label={words.talk.field(person.name)}
          placeholder={words.talk.placeholder}
          value={draft}
          onChange={(event) => {
            setFault(undefined);
            keepDraft(conversation, event.target.value);
            tellTyping(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={styles['send']}
          aria-label={words.talk.send}
          aria-disabled={empty}
          title={empty ? words.talk.sendEmpty : words.talk.send}
        >
          <Icon of={ArrowUp} />
        </button>
      </div>
      {fault?.id === id && !(fault.lost && link === 'joined') && (
        <p className={styles['fault']} role="alert">
          <Icon of={CircleAlert} size="small" />
          <span>{fault.text}</span>
        </p>
      )}
      <div className={styles['foot']}>
        {person.contacts.length > 1 && <Via person={person} contact={contact} />}
        <span className={styles['hint']} aria-hidden="true">
          <kbd>Enter</kbd>
          {words.talk.enterSends}
          <kbd>Shift Enter</kbd>
          {words.talk.newLine}
        </span>
      </div>
    </form>
  );
}

/** Which of a person's addresses this goes to. */
function Via({ person, contact }: ComposerProps) {
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
