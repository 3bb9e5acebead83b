/** A page, not a dialog: into a room by its address, under a name, with a password where one is needed. */
import { useRef, useState } from 'react';
import { asKithError, type KithError } from '../../src/base/index.ts';
import { useOnlineAccounts } from '../accounts/use-online-accounts.ts';
import { ask } from '../mirror/index.ts';
import { Field, PasswordField } from '../widgets/field.tsx';
import { goTo, openConversation } from '../window/place.ts';
import { words } from '../words.ts';
import { whyNot } from './going.ts';
import { exampleRoom, RoomPage } from './page.tsx';

type Part = 'address' | 'nick' | 'password';

export function JoinRoom({ address: begin }: { readonly address: string }) {
  const accounts = useOnlineAccounts();
  const { account } = accounts;
  const [address, setAddress] = useState(begin);
  const [nick, setNick] = useState('');
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<{ readonly at: Part; readonly text: string }>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const refuse = (at: Part, said: string): void => {
    setBusy(false);
    setFault({ at, text: said });
    form.current?.querySelector<HTMLInputElement>(`[name=${at}]`)?.focus();
  };
  const submit = (): void => {
    if (busy || account === undefined) return;
    if (address.trim() === '') return refuse('address', words.joinRoom.addressMissing);
    setFault(undefined);
    setBusy(true);
    const how = {
      ...(nick.trim() === '' ? {} : { nick: nick.trim() }),
      ...(password === '' ? {} : { password }),
    };
    ask('room.join', { account: account.id, address: address.trim(), ...how }).then(
      (conversation) => {
        goTo({ find: '' });
        openConversation(conversation);
      },
      (error: unknown) => {
        const why = asKithError(error);
        if (why.code === 'password-needed') setPassword('');
        refuse(partOf(why), whyNot(why));
      },
    );
  };
  const faultAt = (part: Part): string | undefined => (fault?.at === part ? fault.text : undefined);

  return (
    <RoomPage
      title={words.joinRoom.title}
      lede={words.joinRoom.lede}
      submit={words.joinRoom.submit}
      accounts={accounts}
      form={form}
      onSubmit={submit}
    >
      <Field
        label={words.joinRoom.address}
        name="address"
        autoComplete="off"
        spellCheck={false}
        placeholder={exampleRoom(account?.address)}
        exact
        mono
        value={address}
        fault={faultAt('address')}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Field
        label={words.joinRoom.nick}
        name="nick"
        help={words.joinRoom.nickHelp}
        autoComplete="off"
        dir="auto"
        maxLength={256}
        value={nick}
        fault={faultAt('nick')}
        onChange={(event) => setNick(event.target.value)}
      />
      <PasswordField
        label={words.joinRoom.password}
        name="password"
        help={words.joinRoom.passwordHelp}
        autoComplete="off"
        value={password}
        fault={faultAt('password')}
        onChange={(event) => setPassword(event.target.value)}
      />
    </RoomPage>
  );
}

/** Where the fault is mended. */
function partOf({ code }: KithError): Part {
  if (code === 'password-needed') return 'password';
  return code === 'already-exists' ? 'nick' : 'address';
}
