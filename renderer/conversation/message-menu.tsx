/** What can be done with a message: beside its plate for the pointer; by Shift+F10, the menu key and the other button for everybody. */
import { Copy, Ellipsis, PencilLine } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useCallback, useRef, useState } from 'react';
import { systemClock } from '../../src/base/index.ts';
import { conversationId, mayCorrect, type Message } from '../../src/domain/index.ts';
import { ContextMenu, type Spot } from '../widgets/context-menu.tsx';
import { Icon } from '../widgets/icon.tsx';
import type { MenuItem } from '../widgets/menu.tsx';
import { goTo } from '../window/place.ts';
import { words } from '../words.ts';
import { copy } from './copy.ts';
import { edit } from './editing.ts';
import styles from './plate.module.css';

/** The message itself, which the keys walk to, with its menu. */
export function WithMenu({ message, stop, children }: { message: Message; stop: boolean; children: ReactNode }) {
  const [at, setAt] = useState<Spot>();
  const article = useRef<HTMLDivElement>(null);
  const close = useCallback((back: boolean) => {
    setAt(undefined);
    if (back) article.current?.focus();
  }, []);
  const below = (element: Element): void => {
    const { left, bottom } = element.getBoundingClientRect();
    setAt({ x: left, y: bottom });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== article.current) return;
    if (event.key !== 'ContextMenu' && !(event.shiftKey && event.key === 'F10')) return;
    event.preventDefault();
    below(event.currentTarget);
  };
  const onContextMenu = (event: MouseEvent): void => {
    // What is chosen in it, and a link, have the menu of their own.
    if ((event.target as Element).closest('a') !== null || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    setAt({ x: event.clientX, y: event.clientY });
  };
  return (
    // The keys of the log come here; what is said does nothing by itself.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={article}
      className={styles['message']}
      data-message={message.id}
      role="article"
      // Whoever walks to it hears what is visible: what was said, and what became of it.
      aria-labelledby={`said-${message.id} mark-${message.id}`}
      // A message is walked to with the arrow keys, so that it can be read and copied.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={stop ? 0 : -1}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      {children}
      <button
        type="button"
        tabIndex={-1}
        className={styles['bar']}
        aria-label={words.messageMenu.more}
        aria-haspopup="menu"
        onClick={(event) => below(event.currentTarget)}
      >
        <Icon of={Ellipsis} />
      </button>
      {at !== undefined && (
        <ContextMenu label={words.messageMenu.label} at={at} onClose={close} items={itemsFor(message)} />
      )}
    </div>
  );
}

function itemsFor(message: Message): readonly MenuItem[] {
  const copying: MenuItem = {
    key: 'copy',
    label: words.messageMenu.copy,
    lead: <Icon of={Copy} />,
    choose: () => void copy(message.body, words.talk.copied),
  };
  if (!mayCorrect(message, systemClock.now())) return [copying];
  const correcting: MenuItem = {
    key: 'correct',
    label: words.messageMenu.correct,
    lead: <Icon of={PencilLine} />,
    choose: () => {
      edit(conversationId(message.account, message.target), message);
      goTo({ wantsField: true });
    },
  };
  return [correcting, copying];
}
