/** Tells the other side that we write, have paused, or are done (XEP-0085), if the person wants that told. */
import { useCallback, useEffect, useRef } from 'react';
import { type Disposable, ignore, silentLog, systemClock } from '../../src/base/index.ts';
import type { ChatState, ConversationId } from '../../src/domain/index.ts';
import { ask, useMirror } from '../mirror/index.ts';

const pausesAfter = 5000;

/** Call it with every change of the field. */
export function useOwnTyping(conversation: ConversationId): (text: string) => void {
  const told = useRef<ChatState>('active');
  const pausing = useRef<Disposable>(undefined);

  const tell = useCallback(
    (state: ChatState) => {
      if (told.current === state || !useMirror.getState().settings.typingNotices) return;
      told.current = state;
      ignore(ask('conversation.setChatState', { conversation, state }), 'a notice, not a fact', silentLog);
    },
    [conversation],
  );

  useEffect(() => {
    told.current = 'active';
    return () => {
      pausing.current?.[Symbol.dispose]();
      if (told.current === 'composing') tell('paused');
    };
  }, [tell]);

  return useCallback(
    (text) => {
      pausing.current?.[Symbol.dispose]();
      tell(text === '' ? 'active' : 'composing');
      if (text !== '') pausing.current = systemClock.after(pausesAfter, () => tell('paused'));
    },
    [tell],
  );
}
