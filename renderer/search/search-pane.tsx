/** Search, in the place of the people: the field, what narrows it, and what was found. Each hit opens beside it. */
import { ArrowLeft, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import text from '../look/words.module.css';
import { plainly } from '../look/turning.ts';
import { Button, IconButton } from '../widgets/button.tsx';
import { Empty } from '../widgets/empty.tsx';
import { Icon } from '../widgets/icon.tsx';
import { useNarrow } from '../window/use-narrow.ts';
import { words } from '../words.ts';
import { DayJump } from './day-jump.tsx';
import { Filters } from './filters.tsx';
import { Hits } from './hits.tsx';
import { closeSearch, seek, showHit, useSearch } from './search.ts';
import styles from './search.module.css';

export function SearchPane() {
  const narrow = useNarrow();
  const conversation = useSearch((search) => search.conversation);
  return (
    <div
      className={styles['pane']}
      role={narrow ? 'main' : 'navigation'}
      aria-label={words.search.title}
      data-pane="people"
    >
      <h1 className={text['heard']}>{words.search.title}</h1>
      <div className={styles['bar']}>
        <IconButton icon={ArrowLeft} label={words.search.close} keys="Esc" id="close-search" onClick={closeSearch} />
        <Field />
      </div>
      <Filters />
      {conversation !== undefined && <DayJump conversation={conversation} />}
      <Found />
    </div>
  );
}

function Field() {
  const asked = useSearch((search) => search.words);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.nativeEvent.isComposing) return;
    const [first] = useSearch.getState().hits;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('[data-hit][tabindex="0"]')?.focus();
    } else if (event.key === 'Enter' && first !== undefined) {
      event.preventDefault();
      showHit(first);
    }
  };
  return (
    <div className={styles['field']}>
      <Icon of={Search} size="small" />
      <label htmlFor="search" className={text['heard']}>
        {words.search.field}
      </label>
      <input
        ref={field}
        id="search"
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        maxLength={1024}
        placeholder={words.search.field}
        value={asked}
        onChange={(event) => seek({ words: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {asked !== '' && (
        <button
          type="button"
          aria-label={words.search.clear}
          title={words.search.clear}
          onClick={() => {
            seek({ words: '' });
            field.current?.focus();
          }}
        >
          <Icon of={X} size="small" />
        </button>
      )}
    </div>
  );
}

function Found() {
  const { words: asked, hits, more, state, fault, conversation, from, period, has } = useSearch();
  const narrowed = [conversation, from, period, has].some((filter) => filter !== undefined);
  return (
    <div className={styles['found']} role="region" aria-label={words.search.hits}>
      <p className={text['heard']} role="status">
        {state === 'there' && hits.length > 0 && words.search.count(hits.length, more)}
      </p>
      {fault !== undefined && (
        <p className={styles['fault']} role="alert">
          {fault}
        </p>
      )}
      {hits.length > 0 && <Hits />}
      {state === 'idle' && (
        <Empty title={words.search.begin}>
          <p>{words.search.beginLede}</p>
        </Empty>
      )}
      {state === 'there' && fault === undefined && hits.length === 0 && (
        <Empty title={asked.trim() === '' ? words.search.noneAtAll : words.search.none(plainly(asked.trim()))}>
          <p>{words.search.noneLede}</p>
          {narrowed && (
            <Button
              onClick={() => seek({ conversation: undefined, from: undefined, period: undefined, has: undefined })}
            >
              {words.search.narrowed}
            </Button>
          )}
        </Empty>
      )}
    </div>
  );
}
