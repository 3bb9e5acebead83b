/** Which message of ours is being put otherwise, and how far one has come with it: one a conversation, for as long as the window lives. */
import { create } from 'zustand';
import { systemClock } from '../../src/base/index.ts';
import { type ConversationId, mayCorrect, type Message } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';

export interface Editing {
  readonly message: Message;
  readonly text: string;
}

interface Edits {
  readonly edits: ReadonlyMap<ConversationId, Editing>;
}

export const useEdits = create<Edits>(() => ({ edits: new Map() }));

export function edit(id: ConversationId, message: Message, text = message.body): void {
  useEdits.setState(({ edits }) => ({ edits: new Map(edits).set(id, { message, text }) }));
}

export function endEdit(id: ConversationId): void {
  useEdits.setState(({ edits }) => ({ edits: new Map([...edits].filter(([each]) => each !== id)) }));
}

/** The last of ours in this conversation, if it may still be put otherwise. */
export function lastOfOurs(id: ConversationId): Message | undefined {
  const messages = useMirror.getState().histories.get(id)?.messages ?? [];
  const last = messages.findLast(({ direction }) => direction === 'outgoing');
  return last !== undefined && mayCorrect(last, systemClock.now()) ? last : undefined;
}
