/** Small marks beside a name: how many are unread, and which way of talking. */
import styles from './badge.module.css';

export function Badge({ count }: { readonly count: number }) {
  return <span className={styles['badge']}>{count > 999 ? '999+' : count}</span>;
}

export function Tag({ text }: { readonly text: string }) {
  return <span className={styles['tag']}>{text}</span>;
}
