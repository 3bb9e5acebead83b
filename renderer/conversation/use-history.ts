/** The messages of one conversation, and a way to ask for older ones. */
import { useCallback, useEffect } from 'react';
import type { KithError } from '../../src/base/index.ts';
import { type ConversationId, conversationId } from '../../src/domain/index.ts';
import { ask, type History, keepHistory, noHistory, prepend, useMirror } from '../mirror/index.ts';
import type { OpenConversation } from '../window/place.ts';
import { words } from '../words.ts';

const pageSize = 50;

export interface OpenHistory {
  readonly id: ConversationId;
  /** Undefined until the first page was asked for. */
  readonly history: History | undefined;
  /** Asks for what is older than everything here. Harmless while a page is on its way or nothing older exists. */
  fetchOlder(): void;
}

export function useHistory({ account, target }: OpenConversation): OpenHistory {
  const id = conversationId(account, target);
  const history = useMirror(({ histories }) => histories.get(id));
  const link = useMirror((mirror) => mirror.link);
  const fetchOlder = useCallback(() => fetchPage(id), [id]);
  const begun = history !== undefined;
  useEffect(() => {
    if (begun || link !== 'joined') return;
    keepHistory(id, () => ({ ...noHistory, fetching: true }));
    // The conversation is made first: someone never written to has none.
    const opened =
      target.kind === 'room'
        ? ask('room.open', { account, room: target.room })
        : ask('conversation.open', { account, address: target.contact });
    opened.then(
      () => fetchPage(id, true),
      (error: KithError) => fail(id, error),
    );
  }, [begun, link, id, account, target]);
  return { id, history, fetchOlder };
}

function fetchPage(id: ConversationId, first = false): void {
  const history = useMirror.getState().histories.get(id);
  if (history === undefined || history.complete || (history.fetching && !first)) return;
  const before = history.messages[0]?.id;
  keepHistory(id, (known = noHistory) => ({ messages: known.messages, complete: false, fetching: true }));
  ask('history.page', { conversation: id, ...(before === undefined ? {} : { before }), limit: pageSize }).then(
    ({ messages, complete, noArchive }) =>
      keepHistory(id, (known = noHistory) => prepend(known, messages, complete, noArchive)),
    (error: KithError) => fail(id, error),
  );
}

const fail = (id: ConversationId, error: KithError): void =>
  keepHistory(id, ({ messages, complete } = noHistory) => ({
    messages,
    complete,
    fetching: false,
    trouble: words.fault[error.code],
  }));
