/** Who I am here and how I look to others; opens the status menu. */
import { ChevronDown, PencilLine, Plus, Settings2 } from 'lucide-react';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import type { Account, Availability } from '../../src/domain/index.ts';
import { whereOf } from '../accounts/plight.ts';
import text from '../look/words.module.css';
import { useMirror } from '../mirror/index.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { IconButton } from '../widgets/button.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Menu } from '../widgets/menu.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { openPage, openSettings } from '../window/place.ts';
import { tipWithKeys } from '../words-keys.ts';
import { words } from '../words.ts';
import styles from './self-bar.module.css';
import { useOwnState } from './use-own-state.ts';

export function SelfBar() {
  const { accounts: own, first, states, set } = useOwnState();
  const shown = useShownPresence(first);
  const [menu, setMenu] = useState(false);
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const avatar = useMirror(({ connections }) =>
    first === undefined ? undefined : connections.all.get(first.id)?.profile.avatar,
  );
  const close = useCallback((back: boolean) => {
    setMenu(false);
    if (back) button.current?.focus();
  }, []);
  if (first === undefined) return null;
  const { availability, message } = first.requested;
  const name = first.name === '' ? first.address : first.name;

  return (
    <div className={styles['self']}>
      <div className={styles['me']}>
        <button
          ref={button}
          type="button"
          id="self"
          className={styles['button']}
          aria-haspopup="menu"
          aria-expanded={menu}
          title={tipWithKeys(words.self.changeStatus, 'Ctrl+Shift+S')}
          onClick={() => setMenu(!menu)}
        >
          <Avatar address={first.address} name={name} picture={avatar ?? ''} presence={shown} />
          <span className={text['grow']}>
            <b className={text['clipped']}>
              <bdi>{name}</bdi>
            </b>
            <Heard>, {words.presence[shown].toLowerCase()}, </Heard>
            {!editing && (
              <small>
                <span className={text['clipped']} dir="auto">
                  {message === '' ? words.presence[availability] : message}
                </span>
                <Heard>. {words.self.changeStatus}</Heard>
                <Icon of={ChevronDown} size="small" />
              </small>
            )}
          </span>
        </button>
        {editing && (
          <MessageField
            begin={message}
            onDone={(said) => {
              setEditing(false);
              button.current?.focus();
              if (said !== undefined) set(availability, said);
            }}
          />
        )}
        {menu && (
          <Menu
            label={words.self.status}
            className={styles['menu']}
            onClose={close}
            items={[
              ...states.map((state) => ({
                key: state,
                label: words.presence[state],
                lead: <PresenceShape of={state} />,
                checked: state === availability,
                choose: () => set(state, message),
              })),
              {
                key: 'message',
                apart: true,
                label: message === '' ? words.self.setMessage : message,
                lead: <Icon of={PencilLine} />,
                ...(message === '' ? {} : { hint: words.self.edit }),
                choose: () => setEditing(true),
              },
            ]}
          />
        )}
      </div>
      <IconButton
        id="add-person"
        icon={Plus}
        label={words.self.add}
        keys="Ctrl+N"
        onClick={() => openPage({ kind: 'add-person', address: '' })}
      />
      <IconButton
        id="open-settings"
        icon={Settings2}
        label={words.self.settings}
        keys="Ctrl+,"
        onClick={openSettings}
      />
      <OtherStates accounts={own} first={first} />
    </div>
  );
}

/** What others see now, which is not always what was asked for. */
function useShownPresence(account: Account | undefined): Availability {
  return useMirror(({ connections, link }) => {
    if (link === 'lost') return 'unknown';
    if (account === undefined) return 'offline';
    const status = connections.all.get(account.id)?.status;
    if (status === 'online') return account.requested.availability;
    return status === 'connecting' ? 'unknown' : 'offline';
  });
}

/** One line per account whose state was set apart from the others. */
function OtherStates({ accounts, first }: { readonly accounts: readonly Account[]; readonly first: Account }) {
  const others = accounts.filter(({ requested }) => requested.availability !== first.requested.availability);
  return others.map((account) => (
    <p key={account.id} className={styles['other']}>
      <PresenceShape of={account.requested.availability} />
      <span className={text['clipped']}>{whereOf(account)}</span>
      <span className={styles['state']}>{words.presence[account.requested.availability]}</span>
    </p>
  ));
}

function MessageField({ begin, onDone }: { readonly begin: string; onDone(said: string | undefined): void }) {
  const [said, setSaid] = useState(begin);
  const finished = useRef(false);
  const finish = (message: string | undefined): void => {
    if (finished.current) return;
    finished.current = true;
    onDone(message === begin ? undefined : message);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // The focus goes to the button now, and the rest of this key must not press it.
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === 'Enter' ? said.trim() : undefined);
  };
  return (
    <input
      className={styles['message']}
      aria-label={words.self.message}
      placeholder={words.self.messageHint}
      maxLength={500}
      dir="auto"
      // The person chose 'Edit' a moment ago: the field is what they asked for.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      value={said}
      onChange={(event) => setSaid(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => finish(said.trim())}
    />
  );
}
