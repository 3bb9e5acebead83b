/** A page, not a dialog: someone's address, a name for them, a word about oneself. */
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { asKithError } from '../../src/base/index.ts';
import { useOnlineAccounts } from '../accounts/use-online-accounts.ts';
import { plainly } from '../look/turning.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button, IconButton } from '../widgets/button.tsx';
import { Check } from '../widgets/choice.tsx';
import { Field } from '../widgets/field.tsx';
import { Select } from '../widgets/select.tsx';
import { showToast } from '../widgets/toast.tsx';
import { goTo, openConversation, stepBack } from '../window/place.ts';
import { words } from '../words.ts';
import { BringFriend } from './bring-friend.tsx';
import styles from './add-person.module.css';

export function AddPerson({ address: begin }: { readonly address: string }) {
  const { online, account, choose } = useOnlineAccounts();
  const [address, setAddress] = useState(begin);
  const [alias, setAlias] = useState('');
  const [message, setMessage] = useState('');
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const protocols = useMirror((mirror) => mirror.protocols);
  const example = protocols.find(({ id }) => id === account?.protocol)?.addressing.example ?? '';

  useEffect(() => form.current?.querySelector('input')?.focus(), []);

  const [welcome, setWelcome] = useState(true);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || account === undefined) return;
    if (address.trim() === '') {
      setFault(words.addPerson.addressMissing);
      form.current?.querySelector('input')?.focus();
      return;
    }
    setBusy(true);
    const asked = {
      account: account.id,
      address: address.trim(),
      ...(alias.trim() === '' ? {} : { alias: alias.trim() }),
      welcome,
      ...(message.trim() === '' ? {} : { message: message.trim() }),
    };
    ask('contact.request', asked).then(
      (contact) => {
        goTo({ find: '' });
        showToast(words.addPerson.added(plainly(contact)));
        openConversation({ account: account.id, target: { kind: 'contact', contact } });
      },
      (error: unknown) => {
        const { code, message: said } = asKithError(error);
        setBusy(false);
        setFault(code === 'invalid-argument' ? said : words.fault[code]);
        form.current?.querySelector('input')?.focus();
      },
    );
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
      <form ref={form} className={styles['form']} onSubmit={submit} noValidate>
        <h1>{words.addPerson.title}</h1>
        <p className={styles['lede']}>{account === undefined ? words.addPerson.noAccount : words.addPerson.lede}</p>
        <Field
          label={words.addPerson.address}
          type="email"
          autoComplete="off"
          spellCheck={false}
          placeholder={example}
          exact
          mono
          value={address}
          fault={fault}
          onChange={(event) => setAddress(event.target.value)}
        />
        <Field
          label={words.addPerson.name}
          help={words.addPerson.nameHelp}
          autoComplete="off"
          dir="auto"
          maxLength={256}
          value={alias}
          onChange={(event) => setAlias(event.target.value)}
        />
        <Field
          label={words.addPerson.message}
          help={words.addPerson.messageHelp}
          autoComplete="off"
          dir="auto"
          maxLength={1000}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        <Check label={words.welcome} on={welcome} onChange={setWelcome} />
        {online.length > 1 && (
          <Select
            label={words.addPerson.account}
            options={online.map(({ id, address: own }) => [id, own])}
            chosen={account?.id}
            onChoose={choose}
          />
        )}
        <div className={styles['actions']}>
          <Button
            look="primary"
            type="submit"
            disabled={account === undefined}
            title={account === undefined ? words.addPerson.noAccount : undefined}
          >
            {words.addPerson.submit}
          </Button>
          <Button onClick={() => stepBack(true)}>{words.addPerson.cancel}</Button>
        </div>
      </form>
      {account !== undefined && <BringFriend key={account.id} account={account.id} />}
    </div>
  );
}
