/** The rooms a service shows to everybody, a page at a time. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { asKithError, type KithError } from '../../src/base/index.ts';
import type { AccountId, ListedRoom } from '../../src/domain/index.ts';
import { useOnlineAccounts } from '../accounts/use-online-accounts.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { Heard } from '../widgets/heard.tsx';
import { RoomAvatar } from '../widgets/room-avatar.tsx';
import { goTo, openConversation, openPage } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './browse-rooms.module.css';
import { whyNot } from './going.ts';
import { RoomPage } from './page.tsx';
import { roomAt, roomConversation, type RoomKey, roomName } from './rooms.ts';
import { standingIn } from './standing.ts';

interface Found {
  readonly rooms: readonly ListedRoom[];
  readonly next: string | undefined;
  readonly state: 'asking' | 'there' | 'failed';
}

export function BrowseRooms() {
  const accounts = useOnlineAccounts();
  const id = accounts.account?.id;
  const [service, setService] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const { found, fault, show, more } = useListing(id);
  // The rooms of one's own server stand there at once.
  useEffect(() => show(''), [show]);
  return (
    <RoomPage
      title={words.browseRooms.title}
      lede={words.browseRooms.lede}
      submit={words.browseRooms.show}
      accounts={accounts}
      form={form}
      below={
        found !== undefined &&
        id !== undefined && (
          <div className={styles['found']} aria-busy={found.state === 'asking'}>
            {found.rooms.length > 0 && (
              <ul aria-label={words.browseRooms.list}>
                {found.rooms.map((room) => (
                  <Line key={room.id} room={room} account={id} />
                ))}
              </ul>
            )}
            <p className={styles['state']} role="status">
              {found.state === 'asking' && words.browseRooms.fetching}
              {found.state === 'there' && found.rooms.length === 0 && words.browseRooms.none}
            </p>
            {found.state === 'there' && found.next !== undefined && (
              <Button small onClick={more}>
                {words.browseRooms.more}
              </Button>
            )}
          </div>
        )
      }
      onSubmit={() => show(service)}
    >
      <Field
        label={words.browseRooms.service}
        help={words.browseRooms.serviceHelp}
        autoComplete="off"
        spellCheck={false}
        exact
        mono
        value={service}
        fault={fault}
        onChange={(event) => setService(event.target.value)}
      />
    </RoomPage>
  );
}

/** Undefined until somebody asked. What a question answers that is no longer the newest is not shown. */
function useListing(account: AccountId | undefined) {
  const [found, setFound] = useState<Found>();
  const [fault, setFault] = useState<string>();
  const newest = useRef(0);
  const asked = useRef('');
  const fetch = useCallback(
    (before: readonly ListedRoom[], after: string | undefined): void => {
      if (account === undefined) return;
      const number = (newest.current += 1);
      setFault(undefined);
      setFound({ rooms: before, next: undefined, state: 'asking' });
      const where = asked.current === '' ? {} : { service: asked.current };
      ask('room.list', { account, ...where, ...(after === undefined ? {} : { after }) }).then(
        ({ rooms, next }) => {
          if (newest.current !== number) return;
          const known = new Set(before.map(({ id }) => id));
          setFound({ rooms: [...before, ...rooms.filter(({ id }) => !known.has(id))], next, state: 'there' });
        },
        (error: unknown) => {
          if (newest.current !== number) return;
          setFound({ rooms: before, next: after, state: before.length > 0 ? 'there' : 'failed' });
          setFault(whyNot(asKithError(error)));
        },
      );
    },
    [account],
  );
  const show = useCallback(
    (of: string): void => {
      asked.current = of.trim();
      fetch([], undefined);
    },
    [fetch],
  );
  const more = (): void => fetch(found?.rooms ?? [], found?.next);
  return { found, fault, show, more };
}

function Line({ room: { id, name }, account }: { readonly room: ListedRoom; readonly account: AccountId }) {
  const key: RoomKey = { account, room: id };
  const known = useMirror(({ connections }) => roomAt(connections.all, key));
  const isIn = standingIn(known).kind === 'in';
  const called = roomName({ id, name });
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const enter = (): void => {
    if (busy) return;
    setBusy(true);
    setWhy('');
    ask('room.join', { account, address: id }).then(
      (conversation) => {
        goTo({ find: '' });
        openConversation(conversation);
      },
      (error: KithError) => {
        setBusy(false);
        // What it wants of us is given on the page for that.
        if (error.code === 'password-needed' || error.code === 'already-exists')
          openPage({ kind: 'join-room', address: id });
        else setWhy(whyNot(error));
      },
    );
  };
  return (
    <li className={styles['line']}>
      <RoomAvatar address={id} size={36} />
      <span className={text['grow']}>
        <bdi className={classes(styles['name'], text['clipped'])}>{called}</bdi>
        <small className={classes(text['address'], text['clipped'])}>{plainly(id)}</small>
        {why !== '' && (
          <small className={styles['why']} role="alert">
            {plainly(why)}
          </small>
        )}
      </span>
      <Button small onClick={isIn ? () => openConversation(roomConversation(key)) : enter}>
        {isIn ? words.browseRooms.openShort : words.browseRooms.joinShort}
        <Heard> {called}</Heard>
      </Button>
    </li>
  );
}
