/** The window begins here. */
import { createRoot } from 'react-dom/client';
import './look/tokens.css';
import './look/base.css';
import { follow } from './look/theme.ts';
import { onDidHear, useMirror } from './mirror/index.ts';
import { keepDraft, draftOf } from './conversation/drafts.ts';
import { App } from './window/app.tsx';
import { openConversation } from './window/place.ts';

// The desktop's theme stands before the first paint; the chosen one follows with the snapshot.
follow(useMirror.getState().settings)();

/** Lives as long as the page. */
export const wanted = onDidHear((event) => {
  if (event.type !== 'conversation-wanted') return;
  const conversation = useMirror.getState().conversations.all.get(event.conversation);
  if (conversation === undefined) return;
  if (event.draft !== undefined && draftOf(conversation.id) === '') keepDraft(conversation, event.draft);
  openConversation(conversation);
});

createRoot(document.querySelector('#root')!).render(<App />);
