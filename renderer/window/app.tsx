/** The whole window: first run while there is nobody to be, else people, the main pane and details side by side. */
import { useEffect, useRef, useState } from 'react';
import { FirstRun } from '../accounts/first-run.tsx';
import { useDrop } from '../files/drop.ts';
import { followLanguage } from '../look/language.ts';
import { follow } from '../look/theme.ts';
import { useMirror } from '../mirror/index.ts';
import { ToastPlace } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './app.module.css';
import { Panes } from './panes.tsx';
import { nothingFocused } from './resting-focus.ts';
import { useLooking } from './use-looking.ts';
import { useTitle } from './use-title.ts';

export function App() {
  const link = useMirror((mirror) => mirror.link);
  const joined = useMirror((mirror) => mirror.protocols.length > 0);
  const anyone = useMirror((mirror) => mirror.accounts.all.size > 0);
  const theme = useMirror((mirror) => mirror.settings.theme);
  const language = useMirror((mirror) => mirror.settings.language);
  const density = useMirror((mirror) => mirror.settings.density);
  const [begun, setBegun] = useState(false);
  useEffect(() => follow({ theme, density }), [theme, density]);
  useEffect(() => {
    if (joined) followLanguage(language);
  }, [joined, language]);
  useTitle();
  useDrop();
  useLooking(joined);
  const first = joined && (!anyone || begun);
  const wasFirst = useRef(false);
  useEffect(() => {
    if (wasFirst.current && joined && !first && nothingFocused()) document.getElementById('self')?.focus();
    wasFirst.current = first;
  }, [first, joined]);
  return (
    <div className={styles['window']}>
      <p className={styles['link']} role="status">
        {link === 'lost' && words.link.lost}
      </p>
      {first && <FirstRun onBegun={setBegun} />}
      {joined && !first && <Panes />}
      <ToastPlace />
    </div>
  );
}
