/** The window itself, once it is known which language it speaks. */
import { createRoot } from 'react-dom/client';
import { onDidHear, useMirror } from '../mirror/index.ts';
import { keepDraft, draftOf } from '../conversation/drafts.ts';
import { App } from './app.tsx';
import { openConversation } from './place.ts';

/** Lives as long as the page. */
export const wanted = onDidHear((event) => {
  if (event.type !== 'conversation-wanted') return;
  const conversation = useMirror.getState().conversations.all.get(event.conversation);
  if (conversation === undefined) return;
  if (event.draft !== undefined && draftOf(conversation.id) === '') keepDraft(conversation, event.draft);
  openConversation(conversation);
});

createRoot(document.querySelector('#root')!).render(<App />);
