/** The messages of the conversations this window has opened, oldest first: a window on what is stored, moved by pages and changes. */
import type { Message, MessageId } from '../../src/domain/index.ts';

export interface History {
  readonly messages: readonly Message[];
  /** Nothing older exists anywhere. */
  readonly complete: boolean;
  /** Something newer is stored and not here: what arrives belongs behind that. */
  readonly ahead: boolean;
  /** The server keeps no archive. */
  readonly noArchive?: boolean;
  /** Which page has been asked for and has not come; 'anew' takes the place of everything. */
  readonly fetching?: 'older' | 'newer' | 'anew';
  /** What kept the last page from coming. */
  readonly trouble?: string;
}

export const noHistory: History = { messages: [], complete: false, ahead: false };

/** More than this many are not kept where one reads on: what is out of sight on the other side comes again when it is read. */
export const mostKept = 400;

/** A page from behind. What stands in both is kept as it is known now, which is newer. */
export function prepend(
  { messages, ahead }: History,
  page: readonly Message[],
  complete: boolean,
  noArchive = false,
): History {
  const all = [...without(page, messages), ...messages];
  return { messages: all.slice(0, mostKept), complete, noArchive, ahead: ahead || all.length > mostKept };
}

/** A page from the front. */
export function append(
  { messages, complete, noArchive = false }: History,
  page: readonly Message[],
  ahead: boolean,
): History {
  const all = [...messages, ...without(page, messages)];
  return keepNewest({ messages: all, complete, noArchive, ahead });
}

/** Without the oldest where there are too many: for who reads at the end. */
export function keepNewest(history: History): History {
  const { messages } = history;
  if (messages.length <= mostKept) return history;
  return { ...history, messages: messages.slice(-mostKept), complete: false };
}

/**
 * New and changed messages. One that is older than everything known, or newer where there is something ahead, belongs to a page that was
 * not asked for yet, and will come with it.
 */
export function merge(history: History, changed: readonly Message[], removed: readonly MessageId[]): History {
  const messages = removed.length === 0 ? [...history.messages] : withoutIds(history.messages, removed);
  for (const message of changed) {
    const at = messages.findIndex(({ id }) => id === message.id);
    if (at >= 0) messages[at] = message;
    else place(messages, message, history);
  }
  return { ...history, messages };
}

function without(page: readonly Message[], known: readonly Message[]): readonly Message[] {
  const ids = new Set(known.map(({ id }) => id));
  return page.filter(({ id }) => !ids.has(id));
}

function withoutIds(messages: readonly Message[], removed: readonly MessageId[]): Message[] {
  const gone = new Set(removed);
  return messages.filter(({ id }) => !gone.has(id));
}

/** After the last one that is not later: what arrives with the same stamp keeps its order of arrival. */
function place(messages: Message[], message: Message, { complete, ahead }: History): void {
  let index = messages.length;
  while (index > 0 && messages[index - 1]!.at > message.at) index -= 1;
  if (index === 0 && messages.length > 0 && !complete) return;
  if (index === messages.length && ahead) return;
  messages.splice(index, 0, message);
}
