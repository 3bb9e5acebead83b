/** A link for somebody who is not there yet, made when it is asked for. */
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { asKithError } from '../../src/base/index.ts';
import type { FriendInvitation } from '../../src/contracts/index.ts';
import type { AccountId } from '../../src/domain/index.ts';
import { copy } from '../conversation/copy.ts';
import { ask } from '../mirror/index.ts';
import { Button, IconButton } from '../widgets/button.tsx';
import { Field } from '../widgets/field.tsx';
import { words } from '../words.ts';
import styles from './bring-friend.module.css';

export function BringFriend({ account }: { readonly account: AccountId }) {
  const [invitation, setInvitation] = useState<FriendInvitation>();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const make = (): void => {
    setBusy(true);
    setFault(undefined);
    ask('account.invite', { account })
      .then(setInvitation, (error: unknown) => setFault(words.fault[asKithError(error).code]))
      .finally(() => setBusy(false));
  };
  return (
    <section className={styles['friend']} aria-labelledby="bring-friend">
      <h2 id="bring-friend">{words.friend.title}</h2>
      <p>{words.friend.lede}</p>
      {invitation === undefined ? (
        <Button disabled={busy} onClick={make}>
          {words.friend.make}
        </Button>
      ) : (
        <Shown {...invitation} />
      )}
      {fault !== undefined && <p role="alert">{fault}</p>}
    </section>
  );
}

/** Nobody follows a link of the scheme xmpp: who has no such program yet, so a page that explains it goes first. */
function Shown({ link, page = link, proven, makesAccounts }: FriendInvitation) {
  const { plain, linkHelp, linkHelpHaveOne } = words.friend;
  return (
    <Field
      label={words.friend.link}
      help={!proven ? plain : makesAccounts ? linkHelp : linkHelpHaveOne}
      readOnly
      exact
      // What was asked for is here, and can be copied at once.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      value={page}
    >
      <IconButton icon={Copy} label={words.friend.copy} onClick={() => void copy(page, words.friend.copied)} />
    </Field>
  );
}
