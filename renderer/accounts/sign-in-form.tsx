/** Address, password, and for those who need it what the server does not tell by itself. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ParameterValue } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';
import { CertificateCard } from '../questions/certificate-card.tsx';
import { PassphraseCard } from '../questions/passphrase-card.tsx';
import { answer } from '../questions/question-card.tsx';
import { RegistrationCard } from '../questions/registration-card.tsx';
import { SettingCard } from '../questions/setting-card.tsx';
import { Button } from '../widgets/button.tsx';
import { Field, PasswordField } from '../widgets/field.tsx';
import { Select } from '../widgets/select.tsx';
import text from '../look/words.module.css';
import { words } from '../words.ts';
import { ConnectionSettings } from './connection-settings.tsx';
import styles from './sign-in-form.module.css';
import { settingField } from './setting-field.ts';
import { useSignIn } from './use-sign-in.ts';

export interface SignInFormProps {
  /** The account is not there yet. */
  readonly making?: boolean;
  onDone(): void;
  onBegun?(begun: boolean): void;
}

export function SignInForm({ making = false, onDone, onBegun }: SignInFormProps) {
  const offered = useMirror(({ protocols }) => protocols).filter(({ hidden }) => !hidden);
  const secrets = useMirror((mirror) => mirror.secrets);
  const [chosen, setChosen] = useState<string>();
  const protocol = offered.find(({ id }) => id === chosen) ?? offered[0];
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const [invitation, setInvitation] = useState('');
  const [parameters, setParameters] = useState<Readonly<Record<string, ParameterValue>>>({});
  const [missing, setMissing] = useState<{ field: 'address' | 'password'; text: string }>();
  const signIn = useSignIn(onDone);
  /** Held only while an attempt runs that may have to be corrected elsewhere. */
  const sent = useRef('');
  const form = useRef<HTMLFormElement>(null);
  const fault = missing ?? signIn.fault;
  const { trying, begun } = signIn;

  useEffect(() => onBegun?.(begun), [onBegun, begun]);
  useEffect(() => {
    if (fault === undefined) return;
    // What was wrong is not the password: it need not be typed again.
    if (fault.field.startsWith(settingField(''))) setPassword(sent.current);
    sent.current = '';
    const field = form.current?.querySelector<HTMLElement>(`[name="${fault.field}"]`);
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
  }, [fault]);

  // The page is there to be filled in: whoever has not gone elsewhere begins with the address.
  const ready = protocol !== undefined;
  useEffect(() => {
    if (ready && document.activeElement === document.body)
      form.current?.querySelector<HTMLElement>('[name=address]')?.focus();
  }, [ready]);

  if (protocol === undefined) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (trying) return;
    const example = `${words.firstRun.addressMissing} ${protocol.addressing.example}.`;
    if (address.trim() === '') return setMissing({ field: 'address', text: example });
    if (password === '') return setMissing({ field: 'password', text: words.firstRun.passwordMissing });
    setMissing(undefined);
    signIn.begin({
      protocol: protocol.id,
      address: address.trim(),
      password,
      parameters,
      ...(making ? { register: true } : {}),
      ...(making && invitation.trim() !== '' ? { invitation: invitation.trim() } : {}),
    });
    sent.current = password;
    setPassword('');
  };
  const { question } = signIn;
  if (question?.kind === 'passphrase') {
    // Whoever puts it off finds it again among the people: the account is there, and goes on when it is answered.
    return <PassphraseCard question={question} onAnswer={(said) => answer(question.id, said)} onLater={onDone} />;
  }
  if (question?.kind === 'secret') {
    return (
      <SettingCard
        question={question}
        where={address}
        onAnswer={(said) => answer(question.id, said)}
        onLater={signIn.cancel}
      />
    );
  }
  if (question?.kind === 'registration') {
    return (
      <RegistrationCard
        key={question.id}
        form={question.question}
        where={address}
        onAnswer={(said) => answer(question.id, said)}
        onLater={signIn.cancel}
      />
    );
  }
  if (question !== undefined) {
    return (
      <CertificateCard
        facts={question.question}
        onAnswer={(said) => {
          answer(question.id, said);
          if (said === 'no') signIn.cancel();
        }}
      />
    );
  }
  return (
    <form
      ref={form}
      className={styles['form']}
      onSubmit={submit}
      aria-label={making ? words.firstRun.make : words.firstRun.title}
      noValidate
    >
      {offered.length > 1 && (
        <Select
          label={words.firstRun.protocol}
          options={offered.map(({ id, displayName }) => [id, displayName])}
          chosen={protocol.id}
          onChoose={setChosen}
          disabled={trying}
        />
      )}
      <Field
        label={words.firstRun.address}
        name="address"
        type="email"
        inputMode="email"
        autoComplete="username"
        spellCheck={false}
        placeholder={protocol.addressing.example}
        exact
        value={address}
        readOnly={trying}
        fault={fault?.field === 'address' ? fault.text : undefined}
        onChange={(event) => setAddress(event.target.value)}
      />
      <PasswordField
        label={words.firstRun.password}
        name="password"
        value={password}
        readOnly={trying}
        fault={fault?.field === 'password' ? fault.text : undefined}
        help={words.secrets.kept[secrets]}
        onChange={(event) => setPassword(event.target.value)}
      />
      {making && (
        <Field
          label={words.firstRun.invitation}
          name="invitation"
          help={words.firstRun.invitationHelp}
          autoComplete="off"
          spellCheck={false}
          maxLength={2048}
          exact
          value={invitation}
          readOnly={trying}
          onChange={(event) => setInvitation(event.target.value)}
        />
      )}
      <ConnectionSettings specs={protocol.parameters} values={parameters} onChange={setParameters} fault={fault} />
      {/* Here before its words are: they are only read when they come into a place that is known. */}
      <div className={trying ? styles['trying'] : text['heard']} role="status">
        {trying && (
          <>
            <span>{making ? words.firstRun.making : words.firstRun.signingIn}</span>
            <Button small onClick={signIn.cancel}>
              {words.firstRun.cancel}
            </Button>
          </>
        )}
      </div>
      {!trying && (
        <Button look="primary" wide type="submit">
          {making ? words.firstRun.makeIt : words.firstRun.signIn}
        </Button>
      )}
    </form>
  );
}
