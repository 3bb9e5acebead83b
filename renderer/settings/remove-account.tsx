/** Removing an account takes its messages with it and cannot be taken back: said first, in its own card. */
import { useState } from 'react';
import type { Account } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Check } from '../widgets/choice.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

export function RemoveAccount({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const online = useMirror(({ connections }) => connections.all.get(account.id)?.status === 'online');
  const [ticked, setTicked] = useState(false);
  const atServer = online && ticked;
  return (
    <>
      <p>{words.accountCard.removeSure(account.address)}</p>
      {online && <Check label={words.accountCard.endAtServer} on={ticked} onChange={setTicked} />}
      <div className={styles['actions']}>
        <Button
          danger
          onClick={() => orSay(ask('account.remove', { account: account.id, ...(atServer ? { atServer } : {}) }))}
        >
          {atServer ? words.accountCard.endYes : words.accountCard.removeYes}
        </Button>
        <Button onClick={onDone}>{words.details.cancel}</Button>
      </div>
    </>
  );
}
