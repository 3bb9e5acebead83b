/** What the account says of itself: nothing, unless somebody writes it here. */
import { type FormEvent, useState } from 'react';
import { type Account, type Card, type ContactId, emptyCard } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { useCard } from '../details/use-card.ts';
import { ask } from '../mirror/index.ts';
import { Field } from '../widgets/field.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';
import { SaveOrCancel } from './save-or-cancel.tsx';

const fields = ['name', 'organisation', 'mail', 'phone', 'birthday', 'url'] as const;
type Filled = Readonly<Record<(typeof fields)[number], string>>;

export function CardForm({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const card = useCard({ account: account.id, contact: account.address as ContactId }) ?? emptyCard;
  const [changed, setChanged] = useState<Partial<Filled>>({});
  const filled = { ...asFilled(card), ...changed };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    orSay(ask('account.setCard', { account: account.id, card: asCard(filled, card) }));
    onDone();
  };
  return (
    <form className={styles['present']} onSubmit={submit}>
      <p>{words.profile.cardHelp}</p>
      {fields.map((field) => (
        <Field
          key={field}
          label={words.card[field]}
          dir="auto"
          maxLength={200}
          type={field === 'birthday' ? 'date' : 'text'}
          value={filled[field]}
          onChange={(event) => setChanged({ ...changed, [field]: event.target.value })}
        />
      ))}
      <SaveOrCancel onCancel={onDone} />
    </form>
  );
}

function asFilled({ name, organisation, mails, phones, birthday, urls }: Card): Filled {
  const [mail = ''] = mails;
  const [phone = ''] = phones;
  const [url = ''] = urls;
  return { name, organisation, mail, phone, birthday, url };
}

/** The second and further of a kind, written elsewhere, stay. */
function asCard({ mail, phone, url, ...plain }: Filled, { mails, phones, urls }: Card): Card {
  const first = (one: string, all: readonly string[]) => [one.trim(), ...all.slice(1)].filter((each) => each !== '');
  return { ...plain, mails: first(mail, mails), phones: first(phone, phones), urls: first(url, urls) };
}
