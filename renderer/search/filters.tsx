/** What narrows a search: one conversation, who said it, when, and what it has. */
import { CalendarDays, FileImage, MessagesSquare, UserRound } from 'lucide-react';
import { useMemo } from 'react';
import type { ContactId, ConversationId } from '../../src/domain/index.ts';
import { words } from '../words.ts';
import { FilterChip } from './filter-chip.tsx';
import { periods } from './periods.ts';
import { seek, useSearch } from './search.ts';
import styles from './search.module.css';
import { useNames } from './use-names.ts';

/** As many of those who said what was found stand in the menu. */
const mostSpeakers = 8;

const kinds = ['file', 'picture', 'link'] as const;

export function Filters() {
  const { conversation, from, period, has } = useSearch();
  const { conversationName } = useNames();
  const speakers = useSpeakers();
  return (
    <div className={styles['filters']}>
      {conversation !== undefined && (
        <FilterChip<ConversationId>
          icon={MessagesSquare}
          label={words.search.everywhere}
          any={words.search.everywhere}
          choices={[{ value: conversation, label: words.search.inside(conversationName(conversation)) }]}
          chosen={conversation}
          choose={(value) => seek({ conversation: value })}
        />
      )}
      <FilterChip<'me' | ContactId>
        icon={UserRound}
        label={words.search.from}
        any={words.search.anyone}
        choices={speakers}
        chosen={from}
        choose={(value) => seek({ from: value })}
      />
      <FilterChip
        icon={CalendarDays}
        label={words.search.when}
        any={words.search.anyTime}
        choices={periods.map((value) => ({ value, label: words.search.periods[value] }))}
        chosen={period}
        choose={(value) => seek({ period: value })}
      />
      <FilterChip
        icon={FileImage}
        label={words.search.has}
        any={words.search.anything}
        choices={kinds.map((value) => ({ value, label: words.search.kinds[value] }))}
        chosen={has}
        choose={(value) => seek({ has: value })}
      />
    </div>
  );
}

/** Ourselves, who is chosen, and those who said what was found. */
function useSpeakers() {
  const hits = useSearch((search) => search.hits);
  const from = useSearch((search) => search.from);
  const { speakerName } = useNames();
  return useMemo(() => {
    const names = new Map<'me' | ContactId, string>([['me', words.search.fromMe]]);
    for (const message of hits) {
      if (names.size > mostSpeakers) break;
      if (message.direction === 'incoming') names.set(message.from, speakerName(message));
    }
    // Who was chosen stays there, also when nothing of theirs is found any more.
    if (from !== undefined && !names.has(from)) names.set(from, from);
    return [...names].map(([value, label]) => ({ value, label }));
  }, [hits, from, speakerName]);
}
