/** Never an empty pane: what is so, and what to do. */
import type { ReactNode } from 'react';
import styles from './empty.module.css';

export interface EmptyProps {
  readonly title: string;
  /** It stands for the whole pane, so its title is the pane's. */
  readonly main?: boolean;
  readonly children?: ReactNode;
}

export function Empty({ title, main = false, children }: EmptyProps) {
  return (
    <div className={styles['empty']}>
      {main ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}
