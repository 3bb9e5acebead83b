/** A page about a room: a form in the middle, and in a single pane the way back. */
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, type ReactNode, type RefObject, useEffect } from 'react';
import type { OnlineAccounts } from '../accounts/use-online-accounts.ts';
import styles from '../roster/add-person.module.css';
import { Button, IconButton } from '../widgets/button.tsx';
import { Select } from '../widgets/select.tsx';
import { stepBack } from '../window/place.ts';
import { words } from '../words.ts';

export interface RoomPageProps {
  readonly title: string;
  readonly lede: string;
  readonly submit: string;
  readonly accounts: OnlineAccounts;
  readonly form: RefObject<HTMLFormElement | null>;
  /** What is found, below the buttons. */
  readonly below?: ReactNode;
  onSubmit(): void;
  readonly children: ReactNode;
}

export function RoomPage({ title, lede, submit, accounts, form, below, onSubmit, children }: RoomPageProps) {
  const { online, account, choose } = accounts;
  useEffect(() => form.current?.querySelector('input')?.focus(), [form]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (account !== undefined) onSubmit();
  };
  return (
    <div className={styles['page']}>
      <IconButton
        icon={ArrowLeft}
        label={words.talk.back}
        keys="Esc"
        className={styles['back']}
        onClick={() => stepBack(true)}
      />
      <form ref={form} className={styles['form']} onSubmit={send} noValidate>
        <h1>{title}</h1>
        <p className={styles['lede']}>{account === undefined ? words.joinRoom.noAccount : lede}</p>
        {children}
        {online.length > 1 && (
          <Select
            label={words.joinRoom.account}
            options={online.map(({ id, address }) => [id, address])}
            chosen={account?.id}
            onChoose={choose}
          />
        )}
        <div className={styles['actions']}>
          <Button
            look="primary"
            type="submit"
            disabled={account === undefined}
            title={account === undefined ? words.joinRoom.noAccount : undefined}
          >
            {submit}
          </Button>
          <Button onClick={() => stepBack(true)}>{words.joinRoom.cancel}</Button>
        </div>
        {below}
      </form>
    </div>
  );
}

/** Where rooms are usually found beside a server. */
export const exampleRoom = (account: string | undefined): string =>
  words.joinRoom.example(account?.split('@').at(-1) ?? 'example.org');
