/** The name we give someone, and the groups they stand in. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Contact, ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { words } from '../words.ts';
import styles from './details-pane.module.css';

export interface EditContactProps {
  readonly contactKey: ContactKey;
  readonly contact: Contact;
  /** Which field the person wants to write in. */
  readonly begin: 'name' | 'groups';
  onDone(): void;
}

export function EditContact({ contactKey, contact, begin, onDone }: EditContactProps) {
  const [name, setName] = useState(contact.alias);
  const [groups, setGroups] = useState(contact.groups.join(', '));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>(`[name=${begin}]`)?.focus(), [begin]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = groupNames(groups);
    if (name.trim() !== contact.alias) orSay(ask('contact.rename', { ...contactKey, alias: name.trim() }));
    if (wanted.join('\n') !== contact.groups.join('\n'))
      orSay(ask('contact.setGroups', { ...contactKey, groups: wanted }));
    onDone();
  };
  return (
    <form ref={form} className={styles['edit']} onSubmit={submit}>
      <Field
        label={words.details.name}
        name="name"
        dir="auto"
        maxLength={256}
        placeholder={contact.id}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={words.details.groups}
        name="groups"
        help={words.details.groupsHint}
        dir="auto"
        value={groups}
        onChange={(event) => setGroups(event.target.value)}
      />
      <div className={styles['actions']}>
        <Button look="primary" small type="submit">
          {words.details.save}
        </Button>
        <Button small onClick={onDone}>
          {words.details.cancel}
        </Button>
      </div>
    </form>
  );
}

/** Names between commas; twice the same is once. */
export const groupNames = (said: string): readonly string[] => [
  ...new Set(
    said
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];
