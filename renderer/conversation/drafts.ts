/** What was written and not sent, per conversation, kept at once and over a reload of the window. */
import { create } from 'zustand';
import type { ConversationId } from '../../src/domain/index.ts';

const place = 'kith.drafts';

interface Drafts {
  readonly drafts: ReadonlyMap<ConversationId, string>;
}

export const useDrafts = create<Drafts>(() => ({ drafts: read() }));

export const draftOf = (id: ConversationId): string => useDrafts.getState().drafts.get(id) ?? '';

/** An empty draft is none. */
export function keepDraft(id: ConversationId, text: string): void {
  const drafts = new Map(useDrafts.getState().drafts);
  if (text === '') drafts.delete(id);
  else drafts.set(id, text);
  useDrafts.setState({ drafts });
  try {
    localStorage.setItem(place, JSON.stringify([...drafts]));
  } catch {
    // A full or forbidden store: the draft lives as long as the window.
  }
}

function read(): ReadonlyMap<ConversationId, string> {
  try {
    return new Map(JSON.parse(localStorage.getItem(place) ?? '[]') as [ConversationId, string][]);
  } catch {
    return new Map();
  }
}
