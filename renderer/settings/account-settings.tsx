/** What a person may set on an account that is there. It connects anew with what is changed. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Account, ParameterValue } from '../../src/domain/index.ts';
import { SettingFields } from '../accounts/connection-settings.tsx';
import { type Fault, faultOf } from '../accounts/setting-field.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { words } from '../words.ts';
import styles from './account-card.module.css';
import { SaveOrCancel } from './save-or-cancel.tsx';

type Values = Readonly<Record<string, ParameterValue>>;

export function AccountSettings({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const specs = useMirror(({ protocols }) => protocols.find(({ id }) => id === account.protocol))?.parameters ?? [];
  // What somebody else changes meanwhile is left alone.
  const [before] = useState<Values>(account.parameters);
  const [values, setValues] = useState(before);
  const [fault, setFault] = useState<Fault>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (fault?.field !== undefined) form.current?.querySelector<HTMLElement>(`[name="${fault.field}"]`)?.focus();
  }, [fault]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const parameters = changes(before, values);
    if (Object.keys(parameters).length === 0) return onDone();
    ask('account.set', { account: account.id, parameters }).then(onDone, (error: unknown) =>
      setFault(faultOf(error, Object.keys(parameters))),
    );
  };
  return (
    <form ref={form} className={styles['present']} onSubmit={submit}>
      <p>{words.accountCard.settingsHelp}</p>
      <SettingFields specs={specs} values={values} fault={fault} onChange={setValues} />
      {fault !== undefined && fault.field === undefined && <p role="alert">{fault.text}</p>}
      <SaveOrCancel onCancel={onDone} />
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
