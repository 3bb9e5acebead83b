/** Reading is being there: the window in front, the conversation open, the end in sight. */
import { useEffect, useSyncExternalStore } from 'react';
import { ignore, silentLog } from '../../src/base/index.ts';
import type { ConversationId, Message } from '../../src/domain/index.ts';
import { ask, useMirror } from '../mirror/index.ts';

/** True while this window is the one the person looks at. */
export function useAttention(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const names = ['focus', 'blur'] as const;
      for (const name of names) addEventListener(name, changed);
      document.addEventListener('visibilitychange', changed);
      return () => {
        for (const name of names) removeEventListener(name, changed);
        document.removeEventListener('visibilitychange', changed);
      };
    },
    () => !document.hidden && document.hasFocus(),
  );
}

export function useAcknowledge(conversation: ConversationId, messages: readonly Message[], endInSight: boolean): void {
  const attention = useAttention();
  const unread = useMirror(({ conversations }) => conversations.all.get(conversation)?.unread ?? 0);
  const last = messages.findLast(({ direction }) => direction === 'incoming')?.id;
  useEffect(() => {
    if (!attention || !endInSight || unread === 0 || last === undefined) return;
    ignore(
      ask('conversation.acknowledge', { conversation, upTo: last }),
      'it stays unread and is asked again',
      silentLog,
    );
  }, [attention, endInSight, unread, last, conversation]);
}
