/** The shortcuts and what they do: the other half of what Kith says, kept apart for its length. */
import { i18n } from './look/language.ts';

const names: Readonly<Record<string, string>> = {
  Ctrl: i18n._('Ctrl'),
  Shift: i18n._('Shift'),
  Alt: i18n._('Alt'),
  Enter: i18n._('Enter'),
  Esc: i18n._('Esc'),
  Home: i18n._('Home'),
  End: i18n._('End'),
  Letter: i18n._('A letter'),
};

/** A tip for a pointer at rest: what a button does, and the keys that do it too, for instance 'Ctrl+N'. */
export const tipWithKeys = (does: string, keys: string): string =>
  `${does} (${keys.split('+').map(nameOfKey).join('+')})`;

/** What stands on a key: words are a language's own, letters and arrows everyone's. */
export const nameOfKey = (key: string): string => names[key] ?? key;

export const keyboardPage = {
  lede: i18n._('Everything can be reached without a pointer.'),
  groups: [
    {
      title: i18n._('Anywhere'),
      keys: [
        ['Ctrl K', i18n._('Go to someone, a room, or something to do')],
        ['Ctrl F', i18n._('Search in this conversation')],
        ['Ctrl Shift F', i18n._('Search in everything that was said')],
        ['Ctrl G', i18n._('Next message that was found')],
        ['Ctrl Shift G', i18n._('The one before')],
        ['Ctrl N', i18n._('Add a person')],
        ['Ctrl J', i18n._('Join a room')],
        ['Ctrl 1', i18n._('Recent')],
        ['Ctrl 2', i18n._('People')],
        ['Ctrl 3', i18n._('Rooms')],
        ['Alt ↓', i18n._('Next conversation')],
        ['Alt ↑', i18n._('Previous conversation')],
        ['Alt Shift ↓', i18n._('Next unread conversation')],
        ['Alt Shift ↑', i18n._('Previous unread conversation')],
        ['Shift Esc', i18n._('Mark everything as read')],
        ['Ctrl I', i18n._('Details, or who is in the room')],
        ['Ctrl Shift S', i18n._('Status')],
        ['Ctrl ,', i18n._('Settings')],
        ['F1', i18n._('This page')],
        ['Ctrl /', i18n._('This page')],
        ['F6', i18n._('Next pane')],
        ['Shift F6', i18n._('Previous pane')],
        ['Esc', i18n._('Close, cancel, back')],
      ],
    },
    {
      title: i18n._('Where you write'),
      keys: [
        ['Enter', i18n._('Send')],
        ['Shift Enter', i18n._('New line')],
        ['↑', i18n._('In an empty field: correct what you said last')],
        ['Ctrl Shift A', i18n._('Send a file')],
      ],
    },
    {
      title: i18n._('In lists and messages'),
      keys: [
        ['↑ ↓', i18n._('One by one')],
        ['Home End', i18n._('First, last')],
        ['→ ←', i18n._('Open out, close')],
        ['Shift F10', i18n._('What can be done with someone, a room or a message')],
        ['Letter', i18n._('Go to the next name that begins with it')],
        ['C', i18n._('Copy a message')],
      ],
    },
  ],
} as const;
