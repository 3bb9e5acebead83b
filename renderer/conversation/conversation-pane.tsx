/** One conversation with one contact. */
import { AccountLines } from '../accounts/account-lines.tsx';
import { usePersonBehind } from '../roster/people.ts';
import type { OpenConversation } from '../window/place.ts';
import { Composer } from './composer.tsx';
import styles from './conversation-pane.module.css';
import { ConversationHeader } from './header.tsx';
import { NewsForTheEar } from './news.tsx';
import { Talk } from './talk.tsx';
import { TypingStrip } from './typing-strip.tsx';
import { useHistory } from './use-history.ts';

type ContactConversation = OpenConversation & { readonly target: { readonly kind: 'contact' } };

export function ConversationPane({ open }: { readonly open: ContactConversation }) {
  const contact = { account: open.account, contact: open.target.contact };
  const person = usePersonBehind()(contact);
  const history = useHistory(open);
  return (
    <>
      <ConversationHeader person={person} contact={contact} />
      <AccountLines account={open.account} className={styles['lines']} />
      <Talk key={history.id} {...history} name={person.name} picture={person.avatar} contact={contact} />
      <TypingStrip contact={contact} name={person.name} />
      <Composer key={`field ${history.id}`} person={person} contact={contact} />
      <NewsForTheEar name={person.name} messages={history.history?.messages ?? []} conversation={history.id} />
    </>
  );
}
