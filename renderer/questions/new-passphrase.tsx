/** The fields of a new passphrase. It is typed twice: nobody could say later what a slip had made of it. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { shortestPassphrase } from '../../src/domain/index.ts';
import { PasswordField } from '../widgets/field.tsx';
import { words } from '../words.ts';

const said = words.newPassphrase;

export interface NewPassphrase {
  readonly fields: ReactNode;
  /** For the form around the fields. */
  submit(event: FormEvent): void;
}

/** `onSet` hears a passphrase that was typed twice alike and is long enough. It is forgotten here. */
export function useNewPassphrase(onSet: (passphrase: string) => void): NewPassphrase {
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [fault, setFault] = useState<'short' | 'differ'>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (first.length < shortestPassphrase) return setFault('short');
    if (first !== second) return setFault('differ');
    setFault(undefined);
    onSet(first);
    setFirst('');
    setSecond('');
  };
  const fields = (
    <>
      <PasswordField
        label={said.field}
        autoComplete="new-password"
        help={said.help}
        fault={fault === 'short' ? said.tooShort : undefined}
        value={first}
        onChange={(event) => setFirst(event.target.value)}
      />
      <PasswordField
        label={said.again}
        autoComplete="new-password"
        fault={fault === 'differ' ? said.differ : undefined}
        value={second}
        onChange={(event) => setSecond(event.target.value)}
      />
    </>
  );
  return { fields, submit };
}
