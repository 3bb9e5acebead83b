/** The shortcuts and what they do: the other half of what Kith says, kept apart for its length. */
export const keyboardPage = {
  lede: 'Everything can be reached without a pointer.',
  groups: [
    {
      title: 'Anywhere',
      keys: [
        ['Ctrl K', 'Go to someone, a room, or something to do'],
        ['Ctrl F', 'Search in this conversation'],
        ['Ctrl Shift F', 'Search in everything that was said'],
        ['Ctrl G', 'Next message that was found'],
        ['Ctrl Shift G', 'The one before'],
        ['Ctrl N', 'Add a person'],
        ['Ctrl J', 'Join a room'],
        ['Ctrl 1', 'Recent'],
        ['Ctrl 2', 'People'],
        ['Ctrl 3', 'Rooms'],
        ['Alt ↓', 'Next conversation'],
        ['Alt ↑', 'Previous conversation'],
        ['Alt Shift ↓', 'Next unread conversation'],
        ['Alt Shift ↑', 'Previous unread conversation'],
        ['Shift Esc', 'Mark everything as read'],
        ['Ctrl I', 'Details, or who is in the room'],
        ['Ctrl Shift S', 'Status'],
        ['Ctrl ,', 'Settings'],
        ['Ctrl /', 'This page'],
        ['F6', 'Next pane'],
        ['Shift F6', 'Previous pane'],
        ['Esc', 'Close, cancel, back'],
      ],
    },
    {
      title: 'Where you write',
      keys: [
        ['Enter', 'Send'],
        ['Shift Enter', 'New line'],
        ['↑', 'In an empty field: correct what you said last'],
        ['Ctrl Shift A', 'Send a file'],
      ],
    },
    {
      title: 'In lists and messages',
      keys: [
        ['↑ ↓', 'One by one'],
        ['Home End', 'First, last'],
        ['→ ←', 'Open out, close'],
        ['Shift F10', 'What can be done with someone, a room or a message'],
        ['A letter', 'Go to the next name that begins with it'],
        ['C', 'Copy a message'],
      ],
    },
  ],
} as const;
