/** A room of one's own: only its address must be thought of. */
import { useRef, useState } from 'react';
import { asKithError } from '../../src/base/index.ts';
import { useOnlineAccounts } from '../accounts/use-online-accounts.ts';
import { ask } from '../mirror/index.ts';
import styles from '../roster/add-person.module.css';
import { Field, PasswordField } from '../widgets/field.tsx';
import { goTo, openConversation } from '../window/place.ts';
import { words } from '../words.ts';
import { whyNot } from './going.ts';
import { exampleRoom, RoomPage } from './page.tsx';

export function MakeRoom() {
  const accounts = useOnlineAccounts();
  const { account } = accounts;
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [membersOnly, setMembersOnly] = useState(false);
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const refuse = (said: string): void => {
    setBusy(false);
    setFault(said);
    form.current?.querySelector('input')?.focus();
  };
  const submit = (): void => {
    if (busy || account === undefined) return;
    if (address.trim() === '') return refuse(words.joinRoom.addressMissing);
    setFault(undefined);
    setBusy(true);
    const settings = {
      persistent: true,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(membersOnly ? { membersOnly } : {}),
      ...(password === '' ? {} : { password }),
    };
    ask('room.create', { account: account.id, address: address.trim(), settings }).then(
      (conversation) => {
        goTo({ find: '' });
        openConversation(conversation);
      },
      (error: unknown) => refuse(whyNot(asKithError(error))),
    );
  };

  return (
    <RoomPage
      title={words.makeRoom.title}
      lede={words.makeRoom.lede}
      submit={words.makeRoom.submit}
      accounts={accounts}
      form={form}
      onSubmit={submit}
    >
      <Field
        label={words.joinRoom.address}
        autoComplete="off"
        spellCheck={false}
        placeholder={exampleRoom(account?.address)}
        exact
        mono
        value={address}
        fault={fault}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Field
        label={words.makeRoom.name}
        autoComplete="off"
        dir="auto"
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PasswordField
        label={words.makeRoom.password}
        help={words.makeRoom.passwordHelp}
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <label className={styles['welcome']}>
        <input type="checkbox" checked={membersOnly} onChange={(event) => setMembersOnly(event.target.checked)} />
        {words.makeRoom.membersOnly}
      </label>
    </RoomPage>
  );
}
