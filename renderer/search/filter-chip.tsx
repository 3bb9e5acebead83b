/** One way to narrow a search: its name while it narrows nothing, else what it narrows to, with a way back. */
import type { LucideIcon } from 'lucide-react';
import { X } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { Icon } from '../widgets/icon.tsx';
import { Menu } from '../widgets/menu.tsx';
import { words } from '../words.ts';
import styles from './search.module.css';

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
}

export interface FilterChipProps<T> {
  readonly icon: LucideIcon;
  readonly label: string;
  /** What stands for no narrowing, in the menu. */
  readonly any: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T | undefined;
  choose(value: T | undefined): void;
}

export function FilterChip<T extends string>({ icon, label, any, choices, chosen, choose }: FilterChipProps<T>) {
  const [menu, setMenu] = useState(false);
  const chip = useRef<HTMLDivElement>(null);
  const close = useCallback((back: boolean) => {
    setMenu(false);
    if (back) chip.current?.querySelector('button')?.focus();
  }, []);
  const value = choices.find((choice) => choice.value === chosen)?.label;
  return (
    <div ref={chip} className={styles['chip']} data-on={value === undefined ? undefined : ''}>
      <button type="button" aria-haspopup="menu" aria-expanded={menu} onClick={() => setMenu(!menu)}>
        {value === undefined ? <Icon of={icon} size="small" /> : null}
        <span>{value ?? label}</span>
      </button>
      {value !== undefined && (
        <button
          type="button"
          className={styles['off']}
          aria-label={words.search.without(value)}
          title={words.search.without(value)}
          onClick={() => {
            choose(undefined);
            chip.current?.querySelector('button')?.focus();
          }}
        >
          <Icon of={X} size="small" />
        </button>
      )}
      {menu && (
        <Menu
          label={label}
          className={styles['menu']}
          onClose={close}
          items={[
            { key: 'any', label: any, checked: chosen === undefined, choose: () => choose(undefined) },
            ...choices.map((choice) => ({
              key: choice.value,
              label: choice.label,
              checked: choice.value === chosen,
              choose: () => choose(choice.value),
            })),
          ]}
        />
      )}
    </div>
  );
}
