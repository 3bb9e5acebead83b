/** What is on screen: which list, which conversation, which page. Nothing here outlives the window. */
import { create } from 'zustand';
import type {
  AccountId,
  ContactKey,
  ConversationTarget,
  MessageId,
  QuestionId,
  RoomId,
} from '../../src/domain/index.ts';

export interface OpenConversation {
  readonly account: AccountId;
  readonly target: ConversationTarget;
}

interface RoomPlace {
  readonly account: AccountId;
  readonly room: RoomId;
}

export type SettingsPage = 'accounts' | 'appearance' | 'privacy' | 'passwords' | 'keyboard' | 'about';

export type Page =
  | { readonly kind: 'talk' }
  | { readonly kind: 'settings'; readonly page: SettingsPage }
  | { readonly kind: 'add-account' }
  | { readonly kind: 'add-person'; readonly address: string }
  | { readonly kind: 'join-room'; readonly address: string }
  | { readonly kind: 'make-room' }
  | { readonly kind: 'browse-rooms' }
  | { readonly kind: 'question'; readonly question: QuestionId };

export type ContactDoing = 'name' | 'groups' | 'remove';
export type RoomDoing = 'invite' | 'topic' | 'nick' | 'settings' | 'forget';
export type Doing = ContactDoing | RoomDoing;

export type Tab = 'recent' | 'people' | 'rooms';

export interface Place {
  readonly tab: Tab;
  readonly page: Page;
  readonly open: OpenConversation | undefined;
  readonly details: boolean;
  /** What the details should begin with as soon as they are there. */
  readonly doing: Doing | undefined;
  /** Which of the two a single pane shows. */
  readonly front: 'people' | 'main';
  readonly find: string;
  /** The search stands in the place of the people. */
  readonly searching: boolean;
  /** The quick switcher stands over everything. */
  readonly switching: boolean;
  /** The message of the open conversation that is to be looked at. */
  readonly sought: MessageId | undefined;
  /** The field where one writes should take the focus as soon as it is there. */
  readonly wantsField: boolean;
}

export const usePlace = create<Place>(() => ({
  tab: 'people',
  page: { kind: 'talk' },
  open: undefined,
  details: false,
  doing: undefined,
  front: 'people',
  find: '',
  searching: false,
  switching: false,
  sought: undefined,
  wantsField: false,
}));

export const goTo = (place: Partial<Place>): void => usePlace.setState(place);

interface Opening {
  /** False leaves the focus where it is, for walking from one conversation to the next. */
  readonly field?: boolean;
  /** The message to be looked at, instead of the newest. */
  readonly at?: MessageId;
}

export function openConversation(open: OpenConversation, { field = true, at }: Opening = {}): void {
  goTo({ open, page: { kind: 'talk' }, front: 'main', wantsField: field, doing: undefined, sought: at });
}

/** Beside the conversation with them. The focus goes to what is begun there; else it stays. */
export function openDetails({ account, contact }: ContactKey, doing?: ContactDoing): void {
  openConversation({ account, target: { kind: 'contact', contact } }, { field: false });
  goTo({ details: true, doing });
}

/** As `openDetails`, for a room. */
export function openRoomDetails({ account, room }: RoomPlace, doing?: RoomDoing): void {
  openConversation({ account, target: { kind: 'room', room } }, { field: false });
  goTo({ details: true, doing });
}

/** What had the focus when the talk was left for a page, by its id: it has it again on the way back. */
let opener = '';
export const openerOfPage = (): string => opener;

function leaveTalk(): void {
  if (usePlace.getState().page.kind === 'talk') opener = document.activeElement?.id ?? '';
}

export function openPage(page: Page): void {
  leaveTalk();
  goTo({ page, front: 'main' });
}

/** All of the settings: a single pane begins with their names. */
export function openSettings(): void {
  leaveTalk();
  goTo({ page: { kind: 'settings', page: 'accounts' }, front: 'people' });
}

/** One step back from whatever is in front; false when nothing was. */
export function stepBack(narrow: boolean): boolean {
  const { page, front, details, searching } = usePlace.getState();
  if (page.kind === 'add-account') {
    goTo({ page: { kind: 'settings', page: 'accounts' } });
    return true;
  }
  if (page.kind === 'settings' && front === 'main' && narrow) {
    goTo({ front: 'people' });
    return true;
  }
  if (page.kind !== 'talk') {
    goTo({ page: { kind: 'talk' }, front: 'people' });
    return true;
  }
  if (details && narrow) {
    goTo({ details: false });
    return true;
  }
  if (front === 'main' && narrow) {
    goTo({ front: 'people' });
    return true;
  }
  if (searching) {
    goTo({ searching: false, sought: undefined });
    return true;
  }
  return false;
}
