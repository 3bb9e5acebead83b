/** A menu under its button. One tab stop; arrows, Home, End and letters walk it; closing gives the focus back to the button. */
import { Check } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { classes } from '../look/classes.ts';
import { Icon } from './icon.tsx';
import styles from './menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly lead?: ReactNode;
  readonly hint?: string;
  /** Present: one of several, of which one is chosen. */
  readonly checked?: boolean;
  readonly danger?: boolean;
  /** A line is drawn above it. */
  readonly apart?: boolean;
  choose(): void;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly className?: string | undefined;
  /** `back` says whether the focus should return to what opened it: not when a choice moved it on purpose. */
  onClose(back: boolean): void;
}

export function Menu({ label, items, className, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const rows = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];

  useLayoutEffect(() => {
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const begin = all.find((row) => row.getAttribute('aria-checked') === 'true') ?? all[0];
    begin?.focus();
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (!menu.current?.contains(event.target as Node)) onClose(false);
    };
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
  }, [onClose]);

  const walk = (event: KeyboardEvent): void => {
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = (index: number): void => {
      event.preventDefault();
      all[(index + all.length) % all.length]?.focus();
    };
    if (event.key === 'ArrowDown') to(at + 1);
    else if (event.key === 'ArrowUp') to(at - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(all.length - 1);
    else if (event.key === 'Tab') onClose(true);
    else if (event.key === 'Escape') {
      event.stopPropagation();
      onClose(true);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey) {
      const wanted = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((row) =>
        row.textContent?.toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase()),
      );
      if (wanted !== undefined) to(all.indexOf(wanted));
    }
  };

  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={classes(styles['menu'], className)}
      onKeyDown={walk}
    >
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
          aria-checked={item.checked}
          tabIndex={-1}
          className={classes(styles['item'], item.danger && styles['danger'], item.apart && styles['apart'])}
          // Not on entering: a menu that comes up beneath a pointer at rest leaves the focus to the keys.
          onPointerMove={({ currentTarget: row }) => {
            if (row !== document.activeElement) row.focus({ preventScroll: true });
          }}
          onClick={() => {
            onClose(true);
            item.choose();
          }}
        >
          {item.lead}
          <span className={styles['label']}>{item.label}</span>
          {item.hint !== undefined && <small>{item.hint}</small>}
          {item.checked === true && <Icon of={Check} className={styles['check']} />}
        </button>
      ))}
    </div>
  );
}
