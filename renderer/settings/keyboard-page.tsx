/** The shortcuts that work, all of them. */
import { words } from '../words.ts';
import { Keys } from '../widgets/keys.tsx';
import styles from './keyboard-page.module.css';
import { Page } from './page.tsx';

export function KeyboardPage() {
  return (
    <Page title={words.settings.keyboard} lede={words.keyboardPage.lede}>
      {words.keyboardPage.groups.map(({ title, keys }) => (
        <section key={title}>
          <h2>{title}</h2>
          <dl className={styles['keys']}>
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <Keys of={key} />
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Page>
  );
}
