/** A new password for an account, which the server learns too while we are online. It is sent and forgotten here. */
import { type FormEvent, useState } from 'react';
import type { Account } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Check } from '../widgets/choice.tsx';
import { PasswordField } from '../widgets/field.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

export function ChangePassword({ account, onDone }: { readonly account: Account; onDone?(): void }) {
  const [password, setPassword] = useState('');
  const online = useMirror(({ connections }) => connections.all.get(account.id)?.status === 'online');
  const [atServer, setAtServer] = useState(true);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password === '') return;
    if (online && atServer)
      orSay(
        ask('account.changePassword', { account: account.id, password }).then(() =>
          showToast(words.accountCard.changed(account.address)),
        ),
      );
    else orSay(signIn(account, password));
    setPassword('');
    onDone?.();
  };
  return (
    <form className={styles['columns']} onSubmit={submit}>
      <PasswordField
        label={words.accountCard.newPassword(account.address)}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button look="primary" type="submit">
        {online && atServer ? words.details.save : words.firstRun.signIn}
      </Button>
      {onDone !== undefined && <Button onClick={onDone}>{words.details.cancel}</Button>}
      {online && <Check label={words.accountCard.atServer} on={atServer} onChange={setAtServer} />}
    </form>
  );
}

/** An open question is answered; without one the password is kept and the account tried. */
async function signIn(account: Account, password: string): Promise<void> {
  const { questions } = useMirror.getState();
  const asked = questions.find((question) => question.kind === 'password' && question.account === account.id);
  if (asked !== undefined) {
    await ask('question.answer', { question: asked.id, answer: password });
    return;
  }
  await ask('account.set', { account: account.id, password });
  await ask('account.connect', { account: account.id });
}
