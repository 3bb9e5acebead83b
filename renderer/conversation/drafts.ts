/** What was written and not sent, per conversation: shown at once, kept by the house, the same in every window. */
import { create } from 'zustand';
import { type ConversationId, conversationId } from '../../src/domain/index.ts';
import { ask, useMirror } from '../mirror/index.ts';
import type { OpenConversation } from '../window/place.ts';

interface Drafts {
  readonly drafts: ReadonlyMap<ConversationId, string>;
}

interface Ahead extends OpenConversation {
  readonly text: string;
}

export const useDrafts = create<Drafts>(() => ({ drafts: new Map() }));

export const draftOf = (id: ConversationId): string => useDrafts.getState().drafts.get(id) ?? '';

/** What stands here and not yet there: an echo of what was typed before must not take the last letter back. */
const ahead = new Map<ConversationId, Ahead>();
const saving = new Set<ConversationId>();
/** Emptied by being sent: struck out when the message is stored, else a crash in between would lose both. */
const onItsWay = new Set<ConversationId>();

/** An empty draft is none. */
export function keepDraft(conversation: OpenConversation, text: string): void {
  const id = put(conversation, text);
  onItsWay.delete(id);
  save(id);
}

/** Empties the field because what stood in it is sent; `sent` resolves when that is stored. */
export function takeDraft(conversation: OpenConversation, sent: Promise<unknown>): void {
  const id = put(conversation, '');
  onItsWay.add(id);
  const stored = (): void => {
    if (onItsWay.delete(id)) save(id);
  };
  // Who sends puts the words back when it fails.
  sent.then(stored, () => undefined);
}

function put({ account, target }: OpenConversation, text: string): ConversationId {
  const id = conversationId(account, target);
  ahead.set(id, { account, target, text });
  show();
  return id;
}

/** One at a time: whoever types faster than it is kept has only the newest kept. */
function save(id: ConversationId): void {
  const wanted = ahead.get(id);
  if (wanted === undefined || saving.has(id) || onItsWay.has(id)) return;
  const { account, target, text } = wanted;
  saving.add(id);
  ask('conversation.setDraft', { account, target, draft: text }).then(
    () => {
      saving.delete(id);
      if (ahead.get(id) === wanted) forgetKept();
      else save(id);
    },
    // It stays here, and goes with the next letter or when the house is back.
    () => saving.delete(id),
  );
}

/** What the house has as well need not be held here any more. */
function forgetKept(): void {
  const { drafts } = useMirror.getState();
  for (const [id, { text }] of ahead) {
    if (!saving.has(id) && (drafts.all.get(id) ?? '') === text) ahead.delete(id);
  }
}

function show(): void {
  const drafts = new Map(useMirror.getState().drafts.all);
  for (const [id, { text }] of ahead) {
    if (text === '') drafts.delete(id);
    else drafts.set(id, text);
  }
  useDrafts.setState({ drafts });
}

/** Lives as long as the page. */
export const following = useMirror.subscribe((now, before) => {
  if (now.link === 'joined' && before.link !== 'joined') for (const id of ahead.keys()) save(id);
  if (now.drafts === before.drafts) return;
  forgetKept();
  show();
});
