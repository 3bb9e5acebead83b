/** The messages of one conversation, and ways to ask for others: older ones, newer ones, those around one, the newest. */
import { useCallback, useEffect, useRef } from 'react';
import type { KithError } from '../../src/base/index.ts';
import type { BridgeCalls, HistoryPlace } from '../../src/contracts/index.ts';
import { type ConversationId, conversationId, type MessageId } from '../../src/domain/index.ts';
import {
  append,
  ask,
  forgetOthers,
  type History,
  keepHistory,
  noHistory,
  prepend,
  useMirror,
} from '../mirror/index.ts';
import { showToast } from '../widgets/toast.tsx';
import { type OpenConversation, usePlace } from '../window/place.ts';
import { words } from '../words.ts';

const pageSize = 50;

export interface OpenHistory {
  readonly id: ConversationId;
  /** Undefined until the first page was asked for. */
  readonly history: History | undefined;
  /** Asks for what is older than everything here. Harmless while a page is on its way or nothing older exists. */
  fetchOlder(): void;
  /** The same for what is newer. */
  fetchNewer(): void;
  /** Takes the newest instead of what is here. */
  fetchNewest(): void;
}

export function useHistory({ account, target }: OpenConversation): OpenHistory {
  const id = conversationId(account, target);
  const history = useMirror(({ histories }) => histories.get(id));
  const link = useMirror((mirror) => mirror.link);
  const fetchOlder = useCallback(() => fetchPage(id, 'older'), [id]);
  const fetchNewer = useCallback(() => fetchPage(id, 'newer'), [id]);
  const fetchNewest = useCallback(() => fetchAnew(id, undefined), [id]);
  const begun = history !== undefined;
  useEffect(() => {
    if (begun || link !== 'joined') return;
    forgetOthers();
    keepHistory(id, () => ({ ...noHistory, fetching: 'anew' }));
    // The conversation is made first: someone never written to has none.
    const opened =
      target.kind === 'room'
        ? ask('room.open', { account, room: target.room })
        : ask('conversation.open', { account, address: target.contact });
    opened.then(
      () => {
        const { sought } = usePlace.getState();
        fetchAnew(id, sought === undefined ? undefined : { around: sought });
      },
      (error: KithError) => fail(id, error),
    );
  }, [begun, link, id, account, target]);
  useSought(id, history);
  return { id, history, fetchOlder, fetchNewer, fetchNewest };
}

/** What one wants to look at comes with what was said around it. */
function useSought(id: ConversationId, history: History | undefined): void {
  const sought = usePlace((place) => place.sought);
  const asked = useRef<MessageId>(undefined);
  const idle = history !== undefined && history.fetching !== 'anew';
  const here = history?.messages.some((message) => message.id === sought) === true;
  useEffect(() => {
    // Once it was here, whoever reads on may leave it behind.
    if (sought === undefined || here) asked.current = sought;
    if (sought === undefined || !idle || asked.current === sought) return;
    asked.current = sought;
    fetchAnew(id, { around: sought });
  }, [id, sought, idle, here]);
}

/** Who writes where newer messages are out of reach goes to where what is written will stand. */
export function toNewest(id: ConversationId): void {
  usePlace.setState({ sought: undefined });
  if (useMirror.getState().histories.get(id)?.ahead === true) fetchAnew(id, undefined);
}

/** A page that was asked for before everything was taken anew has no place any more. */
const generations = new Map<ConversationId, number>();

function fetchPage(id: ConversationId, which: 'older' | 'newer'): void {
  const history = useMirror.getState().histories.get(id);
  if (history === undefined || history.fetching !== undefined) return;
  if (which === 'older' ? history.complete : !history.ahead) return;
  const from = which === 'older' ? history.messages[0]?.id : history.messages.at(-1)?.id;
  if (from === undefined) return fetchAnew(id, undefined);
  keepHistory(id, (known = noHistory) => ({ ...settled(known), fetching: which }));
  request(id, which === 'older' ? { before: from } : { after: from }, (known, page) =>
    which === 'older'
      ? prepend(known, page.messages, page.complete, page.noArchive)
      : append(known, page.messages, page.ahead),
  );
}

function fetchAnew(id: ConversationId, place: HistoryPlace | undefined): void {
  generations.set(id, (generations.get(id) ?? 0) + 1);
  keepHistory(id, (known = noHistory) => ({ ...settled(known), fetching: 'anew' }));
  request(id, place, (known, { messages, complete, ahead, noArchive = false }) => {
    // What arrived while the page was on its way.
    const since = ahead ? [] : known.messages.filter(({ at }) => at > (messages.at(-1)?.at ?? 0));
    return append({ messages, complete, ahead, noArchive }, since, ahead);
  });
}

type Page = BridgeCalls['history.page']['out'];

function request(id: ConversationId, place: HistoryPlace | undefined, take: (known: History, page: Page) => History) {
  const generation = generations.get(id);
  const stands = (): boolean => generations.get(id) === generation;
  ask('history.page', { conversation: id, ...(place === undefined ? {} : { place }), limit: pageSize }).then(
    (page) => {
      if (stands()) keepHistory(id, (known = noHistory) => take(known, page));
    },
    (error: KithError) => {
      if (!stands()) return;
      if (error.code !== 'not-found' || place === undefined) return fail(id, error);
      // Removed since it was found.
      showToast(words.talk.gone);
      keepHistory(id, (known = noHistory) => settled(known));
    },
  );
}

/** As it stands, with nothing on its way. */
function settled({ fetching: _none, trouble: _told, ...history }: History): History {
  return history;
}

const fail = (id: ConversationId, error: KithError): void =>
  keepHistory(id, (known = noHistory) => ({ ...settled(known), trouble: words.fault[error.code] }));
