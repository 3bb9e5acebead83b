/** In the head of a conversation: the way into its search, and while one searches from hit to hit. */
import { ChevronDown, ChevronUp, TextSearch } from 'lucide-react';
import type { ConversationId } from '../../src/domain/index.ts';
import { IconButton } from '../widgets/button.tsx';
import { usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import { openSearch, useSearch, walkHits } from './search.ts';

export function SearchTools({ conversation }: { readonly conversation: ConversationId }) {
  const searching = usePlace((place) => place.searching);
  const sought = usePlace((place) => place.sought);
  const hits = useSearch((search) => search.hits);
  const at = hits.findIndex(({ id }) => id === sought);
  if (!searching)
    return (
      <IconButton
        icon={TextSearch}
        label={words.search.here}
        keys="Ctrl+F"
        id="search-here"
        onClick={() => openSearch(conversation)}
      />
    );
  return (
    <>
      <IconButton
        icon={ChevronUp}
        label={words.search.later}
        keys="Ctrl+Shift+G"
        disabled={at <= 0}
        onClick={() => walkHits(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={words.search.earlier}
        keys="Ctrl+G"
        disabled={hits.length === 0 || at === hits.length - 1}
        onClick={() => walkHits(1)}
      />
    </>
  );
}
