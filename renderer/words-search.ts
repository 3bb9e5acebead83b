/** What the search says. */
import { i18n } from './look/language.ts';
import type { Period } from './search/periods.ts';

export const wordsOfSearch = {
  title: i18n._('Search'),
  field: i18n._('Search messages'),
  close: i18n._('Close search'),
  clear: i18n._('Empty the field'),
  here: i18n._('Search in this conversation'),
  inside: (name: string) => i18n._('In {name}', { name }),
  everywhere: i18n._('Everywhere'),
  from: i18n._('From'),
  fromMe: i18n._('You'),
  anyone: i18n._('Anyone'),
  when: i18n._('When'),
  periods: {
    today: i18n._('Today'),
    week: i18n._('Last seven days'),
    month: i18n._('This month'),
    year: i18n._('This year'),
    before: i18n._('Before this year'),
  } satisfies Record<Period, string>,
  anyTime: i18n._('Any time'),
  has: i18n._('Has'),
  kinds: { file: i18n._('A file'), picture: i18n._('A picture'), link: i18n._('A link') },
  anything: i18n._('Anything'),
  without: (filter: string) => i18n._('Any, instead of {filter}', { filter }),
  hits: i18n._('What was found'),
  begin: i18n._('Find what was said'),
  beginLede: i18n._('Words in any order; the beginning of one is enough.'),
  none: (text: string) => i18n._('Nothing for “{text}”', { text }),
  noneAtAll: i18n._('Nothing like that'),
  noneLede: i18n._('Messages that only the server still has are found once they were read here.'),
  narrowed: i18n._('Search everywhere, without the filters'),
  more: i18n._('Show more'),
  count: (count: number, more: boolean) =>
    more
      ? i18n._('{count} and more messages', { count })
      : i18n._('{count, plural, one {One message} other {# messages}}', { count }),
  toDay: i18n._('Go to a day'),
  go: i18n._('Go'),
  nothingYet: i18n._('Nothing was said here yet'),
  earlier: i18n._('Next hit in the list'),
  later: i18n._('Previous hit in the list'),
};
