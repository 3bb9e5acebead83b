/** What a store answers, for those of the tests that keep their messages in a list. */
import type { HistoryPage, HistoryPlace, SearchAsk, SearchPage } from '../../src/contracts/index.ts';
import { conversationId, type Message, type MessageId } from '../../src/domain/index.ts';

/** `all` is one conversation, oldest first. */
export function pageOf(all: readonly Message[], place: HistoryPlace | undefined, limit: number): HistoryPage {
  const indexOf = (id: MessageId): number => all.findIndex((message) => message.id === id);
  const cut = (from: number, to: number): HistoryPage => {
    const [begin, end] = [Math.max(0, from), Math.min(all.length, to)];
    return { messages: all.slice(begin, end), more: begin > 0, ahead: end < all.length };
  };
  if (place === undefined) return cut(all.length - limit, all.length);
  if ('before' in place) return cut(indexOf(place.before) - limit, indexOf(place.before));
  if ('after' in place) return cut(indexOf(place.after) + 1, indexOf(place.after) + 1 + limit);
  const later = all.findIndex((message) =>
    'around' in place ? message.id === place.around : message.at >= place.since,
  );
  const middle = later < 0 ? all.length : later;
  const to = Math.min(all.length, middle + limit - Math.floor(limit / 2));
  return cut(middle - Math.max(1, limit - (to - middle)), to);
}

/** By words anywhere in them; `all` is everything, oldest first. */
export function hitsAmong(all: readonly Message[], ask: SearchAsk): SearchPage {
  const words = ask.words.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = all
    .filter((message) => {
      const body = message.body.toLowerCase();
      const { conversation, from, since = -Infinity, until = Infinity, has } = ask;
      return (
        words.every((word) => body.includes(word)) &&
        (conversation === undefined || conversationId(message.account, message.target) === conversation) &&
        (from === undefined || (from === 'me' ? message.direction === 'outgoing' : from.includes(message.from))) &&
        message.at >= since &&
        message.at < until &&
        (has === undefined || (has === 'link' ? body.includes('://') : message.file !== undefined))
      );
    })
    .toReversed();
  const begin = ask.behind === undefined ? 0 : found.findIndex(({ id }) => id === ask.behind) + 1;
  return { messages: found.slice(begin, begin + ask.limit), more: found.length > begin + ask.limit };
}
