/** What a person may set on an account that is there. It connects anew with what is changed. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { asKithError } from '../../src/base/index.ts';
import type { Account, ParameterValue } from '../../src/domain/index.ts';
import { SettingFields } from '../accounts/connection-settings.tsx';
import { fieldOf, type SignIn } from '../accounts/use-sign-in.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

type Values = Readonly<Record<string, ParameterValue>>;

export function AccountSettings({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const specs = useMirror(({ protocols }) => protocols.find(({ id }) => id === account.protocol))?.parameters ?? [];
  const [values, setValues] = useState<Values>(account.parameters);
  const [fault, setFault] = useState<SignIn['fault']>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (fault !== undefined) form.current?.querySelector<HTMLElement>(`[name="${fault.field}"]`)?.focus();
  }, [fault]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parameters = changes(account.parameters, values);
    if (Object.keys(parameters).length === 0) return onDone();
    ask('account.set', { account: account.id, parameters }).then(onDone, (error: unknown) => {
      const { message } = asKithError(error);
      setFault({ field: fieldOf(message, Object.keys(parameters)), text: message });
    });
  };
  return (
    <form ref={form} className={styles['present']} onSubmit={submit}>
      <p>{words.accountCard.settingsHelp}</p>
      <SettingFields specs={specs} values={values} fault={fault} onChange={setValues} />
      {fault?.field === 'address' && <p role="alert">{fault.text}</p>}
      <div className={styles['actions']}>
        <Button look="primary" type="submit">
          {words.details.save}
        </Button>
        <Button onClick={onDone}>{words.details.cancel}</Button>
      </div>
    </form>
  );
}

/** What is not filled in any more is said to be empty. */
function changes(before: Values, after: Values): Values {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].filter((name) => before[name] !== after[name]).map((name) => [name, after[name] ?? '']),
  );
}
