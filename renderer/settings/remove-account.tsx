/** Removing an account takes its messages with it and cannot be taken back: said first, in its own card. */
import type { Account } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

export function RemoveAccount({ account, onDone }: { readonly account: Account; onDone(): void }) {
  return (
    <>
      <p>{words.accountCard.removeSure(account.address)}</p>
      <div className={styles['actions']}>
        <Button danger onClick={() => orSay(ask('account.remove', { account: account.id }))}>
          {words.accountCard.removeYes}
        </Button>
        <Button onClick={onDone}>{words.details.cancel}</Button>
      </div>
    </>
  );
}
