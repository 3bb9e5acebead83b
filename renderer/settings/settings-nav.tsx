/** The pages of the settings, in the place of the people. */
import {
  ArrowLeft,
  AtSign,
  CircleAlert,
  Contrast,
  Info,
  Keyboard,
  KeyRound,
  type LucideIcon,
  Shield,
} from 'lucide-react';
import { useRef } from 'react';
import { usePlights } from '../accounts/use-plights.ts';
import { IconButton } from '../widgets/button.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { goTo, openPage, type Page, type SettingsPage } from '../window/place.ts';
import { useRestingFocus } from '../window/resting-focus.ts';
import { useNarrow } from '../window/use-narrow.ts';
import { words } from '../words.ts';
import styles from './settings-nav.module.css';

const pages: readonly (readonly [SettingsPage, LucideIcon])[] = [
  ['accounts', AtSign],
  ['appearance', Contrast],
  ['privacy', Shield],
  ['passwords', KeyRound],
  ['keyboard', Keyboard],
  ['about', Info],
];

export function SettingsNav({ page }: { readonly page: Page }) {
  const narrow = useNarrow();
  const nav = useRef<HTMLDivElement>(null);
  useRestingFocus(nav, '[aria-current=page]');
  const needy = usePlights().some(({ gravity, account }) => gravity === 'bad' && account !== undefined);
  const current = page.kind === 'settings' ? page.page : 'accounts';
  return (
    <div
      ref={nav}
      className={styles['nav']}
      role={narrow ? 'main' : 'navigation'}
      aria-label={words.settings.title}
      data-pane="people"
    >
      <div className={styles['head']}>
        <IconButton
          icon={ArrowLeft}
          label={words.settings.back}
          keys="Esc"
          onClick={() => goTo({ page: { kind: 'talk' }, front: 'people' })}
        />
        {narrow ? <h1>{words.settings.title}</h1> : <b>{words.settings.title}</b>}
      </div>
      <ul>
        {pages.map(([name, icon]) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === current ? 'page' : undefined}
              onClick={() => openPage({ kind: 'settings', page: name })}
            >
              <Icon of={icon} />
              {words.settings[name]}
              {name === 'accounts' && needy && (
                <span className={styles['dot']}>
                  <Icon of={CircleAlert} size="small" />
                  <Heard>, {words.settings.attention}</Heard>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
