/** Preformatted lines: their own scroll, always left to right, and a button that copies them. */
import { Copy } from 'lucide-react';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import { copy } from './copy.ts';
import styles from './code.module.css';

export function Code({ text }: { readonly text: string }) {
  return (
    <div className={styles['code']} dir="ltr">
      <pre
        // A long line scrolls inside, so the keys have to get there.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={words.talk.code}
      >
        <code>{plainly(text)}</code>
      </pre>
      <button
        type="button"
        className={classes(styles['copy'])}
        aria-label={words.talk.copyCode}
        title={words.talk.copyCode}
        onClick={() => void copy(text, words.talk.codeCopied)}
      >
        <Icon of={Copy} size="small" />
      </button>
    </div>
  );
}
