/** The accounts, each in its own card with what is wrong and what to do. */
import { Plus } from 'lucide-react';
import { useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { openPage } from '../window/place.ts';
import { words } from '../words.ts';
import { AccountCard } from './account-card.tsx';
import { Page } from './page.tsx';

export function AccountsPage() {
  const accounts = useMirror((mirror) => mirror.accounts);
  const add = (
    <Button onClick={() => openPage({ kind: 'add-account' })}>
      <Icon of={Plus} />
      {words.settings.addAccount}
    </Button>
  );
  return (
    <Page title={words.settings.accounts} lede={words.settings.accountsLede} act={add}>
      {[...accounts.all.values()].map((account) => (
        <AccountCard key={account.id} account={account} />
      ))}
    </Page>
  );
}
