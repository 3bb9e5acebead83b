/** Stands where one would write while one is not in a room: why, and what to do. */
import { type FormEvent, type ReactNode, useState } from 'react';
import type { KithError } from '../../src/base/index.ts';
import type { Room, StatusReason } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { plainly } from '../look/turning.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Field, PasswordField } from '../widgets/field.tsx';
import { words } from '../words.ts';
import styles from './door.module.css';
import { declineInvitation, type Entrance, goIn, whyNot } from './going.ts';
import { type RoomKey, roomName } from './rooms.ts';
import { useInviter } from './use-inviter.ts';
import { useIsListed, useIsOnline } from './use-rooms.ts';
import { type Standing, standingIn } from './standing.ts';

export interface DoorProps {
  readonly room: RoomKey;
  readonly known: Room;
}

/** True while what is written can go, now or when one is in. */
export const opensToWriters = (known: Room): boolean => ['in', 'coming'].includes(standingIn(known).kind);

export function Door({ room: key, known }: DoorProps) {
  const online = useIsOnline(key.account);
  const listed = useIsListed(key);
  // A room that stands in no list has no place to say why it did not let us in.
  const [refused, setRefused] = useState<StatusReason>();
  const standing = standingIn(listed || refused === undefined ? known : { ...known, reason: refused });
  const enter = (how?: Entrance): void => {
    setRefused(undefined);
    goIn(key, how).catch((error: KithError) => setRefused({ code: error.code, text: whyNot(error) }));
  };
  const inviter = useInviter(key.account, known);
  const said = saidOf(standing, inviter);
  const forget = listed && (
    <Button look="quiet" onClick={() => orSay(ask('room.forget', key))}>
      {words.door.remove}
    </Button>
  );
  if (!online) return <Sill said={standing.kind === 'left' ? words.door.offline : said} />;
  switch (standing.kind) {
    case 'invited':
      return (
        <Sill said={said} quoted={standing.text}>
          <Button look="primary" onClick={() => enter()}>
            {words.invitation.join}
          </Button>
          <Button onClick={() => declineInvitation(key, roomName(known))}>{words.invitation.decline}</Button>
        </Sill>
      );
    case 'out':
      if (standing.remedy === 'password' || standing.remedy === 'nick')
        return <Sill said={said} form={<Knock nick={known.nick} wants={standing.remedy} enter={enter} />} />;
      return (
        <Sill said={said}>
          {standing.remedy !== 'none' && (
            <Button look="primary" onClick={() => enter()}>
              {standing.remedy === 'wait' ? words.door.tryNow : words.door.tryAgain}
            </Button>
          )}
          {standing.remedy !== 'wait' && forget}
        </Sill>
      );
    default:
      return (
        <Sill said={said}>
          <Button look="primary" onClick={() => enter()}>
            {words.door.join}
          </Button>
          {forget}
        </Sill>
      );
  }
}

function saidOf(standing: Standing, inviter: string): string {
  if (standing.kind === 'invited') return words.door.invited(inviter);
  if (standing.kind !== 'out') return words.door.left;
  const why = plainly(standing.why).replace(/[.\s]+$/u, '');
  return standing.remedy === 'wait' ? words.door.again(why) : words.door.ended(why);
}

interface SillProps {
  readonly said: string;
  /** Somebody else's words. */
  readonly quoted?: string;
  readonly form?: ReactNode;
  readonly children?: ReactNode;
}

function Sill({ said, quoted = '', form, children }: SillProps) {
  return (
    <section className={styles['door']} aria-label={said}>
      <div className={styles['words']} role="status">
        <p>{said}</p>
        {quoted !== '' && <blockquote dir="auto">{plainly(quoted)}</blockquote>}
      </div>
      {form}
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </section>
  );
}

interface KnockProps {
  readonly nick: string;
  readonly wants: 'password' | 'nick';
  enter(how: Entrance): void;
}

/** The room wants something of us first. */
function Knock({ nick, wants, enter }: KnockProps) {
  const [given, setGiven] = useState(wants === 'nick' ? `${nick}_` : '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (given.trim() === '') return;
    if (wants === 'password') setGiven('');
    enter(wants === 'password' ? { password: given } : { nick: given.trim() });
  };
  const change = (event: { readonly target: { readonly value: string } }): void => setGiven(event.target.value);
  return (
    <form className={styles['knock']} onSubmit={submit}>
      {wants === 'password' ? (
        <PasswordField label={words.door.password} autoComplete="off" value={given} onChange={change} />
      ) : (
        <Field label={words.door.nick} autoComplete="off" dir="auto" value={given} onChange={change} />
      )}
      <Button look="primary" type="submit">
        {words.door.join}
      </Button>
    </form>
  );
}
