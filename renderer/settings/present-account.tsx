/** How others see the account: the name it calls itself by, and its picture. */
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import type { Account } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { pictureFrom } from '../look/picture-from.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Button } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';
import { SaveOrCancel } from './save-or-cancel.tsx';

const { profile: said } = words;

export function PresentAccount({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const profile = useMirror(({ connections }) => connections.all.get(account.id)?.profile);
  const [nickname, setNickname] = useState(profile?.nickname ?? '');
  const file = useRef<HTMLInputElement>(null);
  const avatar = profile?.avatar ?? '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (nickname.trim() !== (profile?.nickname ?? ''))
      orSay(ask('account.present', { account: account.id, nickname: nickname.trim() }));
    onDone();
  };
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen === undefined) return;
    const picture = await pictureFrom(chosen);
    if (picture === undefined) showToast(said.noPicture);
    else orSay(ask('account.present', { account: account.id, picture }));
  };
  return (
    <form className={styles['present']} onSubmit={submit}>
      <div className={styles['picture']}>
        <Avatar address={account.address} name={nickname || account.address} picture={avatar} size={64} />
        <input ref={file} type="file" hidden accept="image/*" aria-label={said.picture} onChange={choose} />
        <Button small onClick={() => file.current?.click()}>
          {avatar === '' ? said.choosePicture : said.changePicture}
        </Button>
        {avatar !== '' && (
          <Button small onClick={() => orSay(ask('account.present', { account: account.id, picture: '' }))}>
            {said.removePicture}
          </Button>
        )}
      </div>
      <div className={styles['columns']}>
        <Field
          label={said.nickname}
          help={said.nicknameHelp}
          dir="auto"
          maxLength={100}
          value={nickname}
          onChange={(event) => setNickname(event.target.value)}
        />
      </div>
      <SaveOrCancel onCancel={onDone} />
    </form>
  );
}
