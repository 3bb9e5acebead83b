/** The name people know an account by. */
import { type FormEvent, useState } from 'react';
import type { Account } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

export function RenameAccount({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const [name, setName] = useState(account.name);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== account.name) orSay(ask('account.set', { account: account.id, name: name.trim() }));
    onDone();
  };
  return (
    <form className={styles['columns']} onSubmit={submit}>
      <Field
        label={words.accountCard.name}
        dir="auto"
        maxLength={256}
        placeholder={account.address}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button look="primary" type="submit">
        {words.details.save}
      </Button>
      <Button onClick={onDone}>{words.details.cancel}</Button>
    </form>
  );
}
