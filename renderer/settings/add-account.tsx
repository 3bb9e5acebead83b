/** One more way of being reached. */
import { useCallback } from 'react';
import { SignInForm } from '../accounts/sign-in-form.tsx';
import { openPage } from '../window/place.ts';
import { words } from '../words.ts';
import { Page } from './page.tsx';
import styles from './page.module.css';

export function AddAccount() {
  const done = useCallback(() => openPage({ kind: 'settings', page: 'accounts' }), []);
  return (
    <Page title={words.settings.addAccount} lede={words.firstRun.lede}>
      <div className={styles['form']}>
        <SignInForm onDone={done} />
      </div>
    </Page>
  );
}
