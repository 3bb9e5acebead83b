/** One conversation with one contact. */
import type { Message } from '../../src/domain/index.ts';
import { AccountLines } from '../accounts/account-lines.tsx';
import { useMirror } from '../mirror/index.ts';
import { usePersonBehind } from '../roster/people.ts';
import type { OpenConversation } from '../window/place.ts';
import { words } from '../words.ts';
import { Composer } from './composer.tsx';
import styles from './conversation-pane.module.css';
import { ConversationHeader } from './header.tsx';
import { NewsForTheEar } from './news.tsx';
import { type Speaker, Talk } from './talk.tsx';
import { TypingStrip } from './typing-strip.tsx';
import { useHistory } from './use-history.ts';
import { Via } from './via.tsx';

type ContactConversation = OpenConversation & { readonly target: { readonly kind: 'contact' } };

export function ConversationPane({ open }: { readonly open: ContactConversation }) {
  const contact = { account: open.account, contact: open.target.contact };
  const person = usePersonBehind()(contact);
  const history = useHistory(open);
  const account = useMirror(({ accounts }) => accounts.all.get(open.account));
  const compact = useMirror(({ settings }) => settings.density === 'compact');
  const speakerOf = ({ direction, from }: Message): Speaker =>
    direction === 'outgoing'
      ? {
          name: words.you,
          colour: from,
          picture: '',
          self: account?.name === '' ? account.address : (account?.name ?? ''),
        }
      : { name: person.name, colour: contact.contact, picture: person.avatar, self: person.name };
  return (
    <>
      <ConversationHeader person={person} contact={contact} />
      <AccountLines account={open.account} className={styles['lines']} />
      <Talk key={history.id} {...history} name={person.name} lines={compact} speakerOf={speakerOf} />
      <TypingStrip contact={contact} name={person.name} />
      <Composer
        key={`field ${history.id}`}
        conversation={open}
        name={person.name}
        foot={person.contacts.length > 1 && <Via person={person} contact={contact} />}
      />
      <NewsForTheEar
        nameOf={(message) => speakerOf(message).name}
        messages={history.history?.messages ?? []}
        conversation={history.id}
      />
    </>
  );
}
