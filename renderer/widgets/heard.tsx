/** Words for the ear only: a name is built from what is seen plus these. */
import type { ReactNode } from 'react';
import styles from '../look/words.module.css';

export function Heard({ children }: { readonly children: ReactNode }) {
  return <span className={styles['heard']}>{children}</span>;
}
