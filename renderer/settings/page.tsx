/** The frame of a settings page: its title, what it is about, and its cards. Changes apply at once. */
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../widgets/button.tsx';
import { goTo } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './page.module.css';

export interface PageProps {
  readonly title: string;
  readonly lede?: string;
  /** Stands at the end of the title's line. */
  readonly act?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, lede, act, children }: PageProps) {
  return (
    // The keys have to reach what scrolls, also where nothing in it can be pressed.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} role="region" aria-label={title} tabIndex={0}>
      <div className={styles['page']}>
        <div className={styles['title']}>
          <IconButton
            icon={ArrowLeft}
            label={words.settings.title}
            keys="Esc"
            className={styles['back']}
            onClick={() => goTo({ front: 'people' })}
          />
          <div style={{ flex: 1, minWidth: 0 }}>
            <h1>{title}</h1>
            {lede !== undefined && <p className={styles['lede']}>{lede}</p>}
          </div>
          {act}
        </div>
        {children}
      </div>
    </div>
  );
}

export interface SettingProps {
  /** Names the control, which is told so with `aria-labelledby`. */
  readonly id: string;
  readonly name: string;
  readonly help?: string;
  readonly children: ReactNode;
}

export function Setting({ id, name, help, children }: SettingProps) {
  return (
    <div className={styles['setting']}>
      <span>
        <span id={id}>{name}</span>
        {help !== undefined && <small id={`${id}-help`}>{help}</small>}
      </span>
      {children}
    </div>
  );
}
