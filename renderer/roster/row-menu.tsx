/** What can be done with someone, at their row: by Shift+F10, by the menu key, by the other button of the pointer. */
import {
  Copy,
  Eye,
  EyeOff,
  Folders,
  MailOpen,
  MessageSquareText,
  PanelRight,
  PencilLine,
  UserMinus,
  UserPlus,
  UserRoundX,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Contact, ContactKey } from '../../src/domain/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { copy } from '../conversation/copy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { ContextMenu, type Spot } from '../widgets/context-menu.tsx';
import { Icon } from '../widgets/icon.tsx';
import type { MenuItem } from '../widgets/menu.tsx';
import { showToast } from '../widgets/toast.tsx';
import { openConversation, openDetails, openPage } from '../window/place.ts';
import { focusWithin } from '../window/resting-focus.ts';
import { words } from '../words.ts';
import { contactOf } from './grouping.ts';
import { conversationOf } from './recent.ts';
import { acceptRequest } from './requests.ts';

export interface RowMenuProps {
  readonly name: string;
  /** The contact it is about. */
  readonly contact: ContactKey;
  /** All of the same person, for what concerns the person whole. */
  readonly all: readonly ContactKey[];
  readonly at: Spot;
  onClose(back: boolean): void;
}

export function RowMenu({ name, contact: key, all, at, onClose }: RowMenuProps) {
  const contact = useMirror(({ connections }) => contactOf(connections.all, key));
  const conversations = useMirror((mirror) => mirror.conversations);
  const unread = all.flatMap((each) => {
    const conversation = conversations.all.get(conversationOf(each));
    return conversation !== undefined && conversation.unread > 0 ? conversation : [];
  });
  const read = (): void => {
    for (const { id, last } of unread)
      if (last !== undefined) orSay(ask('conversation.acknowledge', { conversation: id, upTo: last.id }));
  };
  const items = [
    item('write', MessageSquareText, () =>
      openConversation({ account: key.account, target: { kind: 'contact', contact: key.contact } }),
    ),
    item('details', PanelRight, () => {
      openDetails(key);
      requestAnimationFrame(() => focusWithin(document, ['[data-pane=details] button']));
    }),
    unread.length > 0 && item('read', MailOpen, read),
    item('copyAddress', Copy, () => void copy(key.contact, words.details.addressCopied)),
    ...(contact === undefined ? [] : answering(key, contact, name)),
    ...(contact?.listed === true ? arranging(key, contact) : adding(key, contact)),
  ];
  return (
    <ContextMenu
      label={words.rowMenu.label(name)}
      at={at}
      onClose={onClose}
      items={items.filter((each): each is MenuItem => each !== false)}
    />
  );
}

type Name = Exclude<keyof typeof words.rowMenu, 'label' | 'asked'>;

const item = (name: Name, icon: LucideIcon, choose: () => void, more: Partial<MenuItem> = {}): MenuItem => ({
  key: name,
  label: words.rowMenu[name],
  lead: <Icon of={icon} />,
  choose,
  ...more,
});

/** While their question is open. */
const answering = (key: ContactKey, contact: Contact, name: string): readonly MenuItem[] =>
  contact.theySeeUs !== 'asked'
    ? []
    : [
        item('accept', UserPlus, () => orSay(acceptRequest(key, contact)), { apart: true }),
        item('decline', UserRoundX, () =>
          orSay(ask('contact.refuse', key).then(() => showToast(words.request.declined(name)))),
        ),
      ];

const arranging = (key: ContactKey, contact: Contact): readonly (MenuItem | false)[] => [
  item('rename', PencilLine, () => openDetails(key, 'name'), { apart: true }),
  item('groups', Folders, () => openDetails(key, 'groups')),
  contact.weSeeThem === 'no' &&
    item('askToSee', Eye, () => {
      const asked = ask('contact.request', { account: key.account, address: key.contact });
      orSay(asked.then(() => showToast(words.rowMenu.asked)));
    }),
  contact.theySeeUs === 'yes' && item('hideFrom', EyeOff, () => orSay(ask('contact.refuse', key))),
  item('remove', UserMinus, () => openDetails(key, 'remove'), { apart: true, danger: true }),
];

const adding = (key: ContactKey, contact: Contact | undefined): readonly MenuItem[] =>
  contact?.theySeeUs === 'asked'
    ? []
    : [item('add', UserPlus, () => openPage({ kind: 'add-person', address: key.contact }), { apart: true })];
