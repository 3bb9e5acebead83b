/** What is being done with a room, above its members: one thing at a time, where it stands. */
import { useState } from 'react';
import { plainly } from '../look/turning.ts';
import { ask } from '../mirror/index.ts';
import details from '../details/details-pane.module.css';
import { Field } from '../widgets/field.tsx';
import { showToast } from '../widgets/toast.tsx';
import { type Doing, goTo } from '../window/place.ts';
import { words } from '../words.ts';
import { DoForm, type RoomFormProps } from './do-form.tsx';
import { RoomSettingsForm } from './room-settings-form.tsx';
import { roomName } from './rooms.ts';

export function RoomForms({ doing, ...room }: RoomFormProps & { readonly doing: Doing }) {
  if (doing === 'topic') return <TopicForm {...room} />;
  if (doing === 'nick') return <NickForm {...room} />;
  if (doing === 'invite') return <InviteForm {...room} />;
  if (doing === 'settings') return <RoomSettingsForm {...room} />;
  if (doing === 'forget') return <ForgetForm {...room} />;
  return null;
}

function TopicForm({ room: key, known }: RoomFormProps) {
  const [topic, setTopic] = useState(known.topic);
  return (
    <DoForm
      label={words.roomForm.topic}
      submit={words.roomForm.save}
      work={async () => ask('room.setTopic', { ...key, topic: topic.trim() })}
    >
      <Field
        label={words.roomForm.topic}
        dir="auto"
        autoComplete="off"
        maxLength={4000}
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
      />
    </DoForm>
  );
}

function NickForm({ room: key, known }: RoomFormProps) {
  const [nick, setNick] = useState(known.nick);
  return (
    <DoForm
      label={words.roomForm.nick}
      submit={words.roomForm.save}
      work={async () => {
        if (nick.trim() !== '' && nick.trim() !== known.nick) await ask('room.setNick', { ...key, nick: nick.trim() });
      }}
    >
      <Field
        label={words.roomForm.nick}
        dir="auto"
        autoComplete="off"
        maxLength={256}
        value={nick}
        onChange={(event) => setNick(event.target.value)}
      />
    </DoForm>
  );
}

function InviteForm({ room: key }: RoomFormProps) {
  const [address, setAddress] = useState('');
  const [said, setSaid] = useState('');
  return (
    <DoForm
      label={words.roomMenu.invite}
      submit={words.roomForm.inviteSubmit}
      work={async () => {
        await ask('room.invite', { ...key, address: address.trim(), text: said.trim() });
        showToast(words.roomForm.invited(plainly(address.trim())));
      }}
    >
      <Field
        label={words.roomForm.invite}
        autoComplete="off"
        spellCheck={false}
        exact
        mono
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <Field
        label={words.roomForm.inviteText}
        autoComplete="off"
        dir="auto"
        maxLength={1000}
        value={said}
        onChange={(event) => setSaid(event.target.value)}
      />
    </DoForm>
  );
}

function ForgetForm({ room: key, known }: RoomFormProps) {
  const name = roomName(known);
  return (
    <DoForm
      label={words.roomForm.forget}
      submit={words.roomForm.forgetYes}
      danger
      work={async () => {
        await ask('room.forget', key);
        goTo({ open: undefined, details: false, front: 'people' });
        showToast(words.roomForm.forgotten(name));
      }}
    >
      <p className={details['sure']}>{words.roomForm.forgetSure(name)}</p>
    </DoForm>
  );
}
