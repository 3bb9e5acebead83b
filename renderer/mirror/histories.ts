/** The messages of the conversations this window has opened, oldest first. Pages come from behind, changes from the front. */
import type { Message, MessageId } from '../../src/domain/index.ts';

export interface History {
  readonly messages: readonly Message[];
  /** Nothing older exists anywhere. */
  readonly complete: boolean;
  /** The server keeps no archive. */
  readonly noArchive?: boolean;
  /** A page has been asked for and has not come. */
  readonly fetching: boolean;
  /** What kept the last page from coming. */
  readonly trouble?: string;
}

export const noHistory: History = { messages: [], complete: false, fetching: false };

/** A page from behind. What stands in both is kept as it is known now, which is newer. */
export function prepend(history: History, page: readonly Message[], complete: boolean, noArchive = false): History {
  const known = new Set(history.messages.map(({ id }) => id));
  const older = page.filter(({ id }) => !known.has(id));
  return { messages: [...older, ...history.messages], complete, noArchive, fetching: false };
}

/**
 * New and changed messages. One that is older than everything known belongs to a page that was not asked for yet,
 * and will come with it, unless nothing older is left to ask for.
 */
export function merge(history: History, changed: readonly Message[], removed: readonly MessageId[]): History {
  const messages = removed.length === 0 ? [...history.messages] : withoutIds(history.messages, removed);
  for (const message of changed) {
    const at = messages.findIndex(({ id }) => id === message.id);
    if (at >= 0) messages[at] = message;
    else place(messages, message, history.complete);
  }
  return { ...history, messages };
}

function withoutIds(messages: readonly Message[], removed: readonly MessageId[]): Message[] {
  const gone = new Set(removed);
  return messages.filter(({ id }) => !gone.has(id));
}

/** After the last one that is not later: what arrives with the same stamp keeps its order of arrival. */
function place(messages: Message[], message: Message, complete: boolean): void {
  let index = messages.length;
  while (index > 0 && messages[index - 1]!.at > message.at) index -= 1;
  if (index === 0 && messages.length > 0 && !complete) return;
  messages.splice(index, 0, message);
}
