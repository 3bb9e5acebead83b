/** What an owner decides about a room. The room does not tell us what holds now: what is not touched stays as it is. */
import { useId, useState } from 'react';
import type { RoomSettings } from '../../src/domain/index.ts';
import { ask } from '../mirror/index.ts';
import { Segments } from '../widgets/choice.tsx';
import { Field, PasswordField } from '../widgets/field.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './room-details.module.css';
import { DoForm, type RoomFormProps } from './do-form.tsx';

type Entrance = 'stays' | 'anybody' | 'members';

const entrances: readonly (readonly [Entrance, string])[] = [
  ['stays', words.roomForm.stays],
  ['anybody', words.roomForm.anybody],
  ['members', words.roomForm.membersOnly],
];

export function RoomSettingsForm({ room: key, known }: RoomFormProps) {
  const [name, setName] = useState(known.name);
  const [entrance, setEntrance] = useState<Entrance>('stays');
  const [password, setPassword] = useState('');
  const [open, setOpen] = useState(false);
  const label = useId();
  const save = async (): Promise<void> => {
    const settings: RoomSettings = {
      ...(name.trim() === known.name ? {} : { name: name.trim() }),
      ...(entrance === 'stays' ? {} : { membersOnly: entrance === 'members' }),
      ...(open ? { password: '' } : password === '' ? {} : { password }),
    };
    if (Object.keys(settings).length === 0) return;
    await ask('room.configure', { ...key, settings });
    showToast(words.roomForm.saved);
  };
  return (
    <DoForm label={words.roomForm.settings} submit={words.roomForm.save} work={save}>
      <Field
        label={words.roomForm.name}
        dir="auto"
        autoComplete="off"
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className={styles['entrance']}>
        <span id={label}>{words.roomForm.entrance}</span>
        <Segments labelledBy={label} options={entrances} chosen={entrance} onChoose={(to) => setEntrance(to)} />
      </div>
      <PasswordField
        label={words.roomForm.password}
        help={words.roomForm.passwordHelp}
        autoComplete="off"
        disabled={open}
        value={open ? '' : password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <label className={styles['open']}>
        <input type="checkbox" checked={open} onChange={(event) => setOpen(event.target.checked)} />
        {words.roomForm.noPassword}
      </label>
    </DoForm>
  );
}
