/** What one looks for in everything that was said, and what was found of it. */
import { create } from 'zustand';
import { type KithError, systemClock } from '../../src/base/index.ts';
import type { SearchAsk } from '../../src/contracts/index.ts';
import type { ContactId, ConversationId, Message, MessageId } from '../../src/domain/index.ts';
import { ask } from '../mirror/index.ts';
import { goTo, openConversation, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { type Period, spanOf } from './periods.ts';

export interface Sought {
  readonly words: string;
  /** Only here. */
  readonly conversation: ConversationId | undefined;
  readonly from: 'me' | ContactId | undefined;
  readonly period: Period | undefined;
  readonly has: SearchAsk['has'] | undefined;
}

interface Search extends Sought {
  /** Newest first. */
  readonly hits: readonly Message[];
  readonly more: boolean;
  /** 'idle': nothing is asked for yet. */
  readonly state: 'idle' | 'asking' | 'there';
  readonly fault: string | undefined;
}

const pageSize = 50;
const nothing: Sought = { words: '', conversation: undefined, from: undefined, period: undefined, has: undefined };
const begun: Search = { ...nothing, hits: [], more: false, state: 'idle', fault: undefined };

export const useSearch = create<Search>(() => begun);

/** Everywhere, or in one conversation. What was looked for last stands there still. */
export function openSearch(conversation?: ConversationId): void {
  goTo({ searching: true, front: 'people', page: { kind: 'talk' } });
  seek({ conversation });
}

export function closeSearch(): void {
  goTo({ searching: false, sought: undefined });
}

/** Each letter asks anew; an answer that was overtaken is dropped. */
let latest = 0;

export function seek(change: Partial<Sought>): void {
  useSearch.setState(change);
  latest += 1;
  const sought = useSearch.getState();
  if (asksNothing(sought)) return useSearch.setState({ hits: [], more: false, state: 'idle', fault: undefined });
  useSearch.setState({ state: 'asking' });
  request(undefined);
}

/** What comes behind those that are here. */
export function seekMore(): void {
  const { hits, more, state } = useSearch.getState();
  const last = hits.at(-1)?.id;
  if (more && state === 'there' && last !== undefined) request(last);
}

/** A conversation alone is no question: all of it would be the answer. */
const asksNothing = ({ words: text, from, period, has }: Sought): boolean =>
  text.trim() === '' && from === undefined && period === undefined && has === undefined;

function request(behind: MessageId | undefined): void {
  const mine = latest;
  useSearch.setState({ state: 'asking', fault: undefined });
  ask('history.search', askFor(useSearch.getState(), behind)).then(
    ({ messages, more }) => {
      if (mine !== latest) return;
      const before = behind === undefined ? [] : useSearch.getState().hits;
      useSearch.setState({ hits: [...before, ...messages], more, state: 'there' });
    },
    (error: KithError) => {
      if (mine === latest) useSearch.setState({ state: 'there', fault: words.fault[error.code] });
    },
  );
}

function askFor({ words: text, conversation, from, period, has }: Sought, behind: MessageId | undefined): SearchAsk {
  return {
    words: text.slice(0, 1024),
    limit: pageSize,
    ...(conversation === undefined ? {} : { conversation }),
    ...(from === undefined ? {} : { from: from === 'me' ? ('me' as const) : [from as ContactId] }),
    ...(period === undefined ? {} : spanOf(period, systemClock.now())),
    ...(has === undefined ? {} : { has }),
    ...(behind === undefined ? {} : { behind }),
  };
}

/** Beside the hits, in the middle of what was said around it. */
export function showHit({ id, account, target }: Message, { field = false } = {}): void {
  openConversation({ account, target }, { field, at: id });
}

/** The hit after or before the one that is shown, as they stand in the list. */
export function walkHits(step: 1 | -1): void {
  const { hits } = useSearch.getState();
  const { sought } = usePlace.getState();
  const at = hits.findIndex(({ id }) => id === sought);
  const next = hits[at < 0 ? 0 : at + step];
  if (next !== undefined) showHit(next);
  if (step === 1 && at >= hits.length - 3) seekMore();
}
