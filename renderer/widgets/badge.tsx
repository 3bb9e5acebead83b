/** Small marks beside a name: how many are unread, and which way of talking. */
import { classes } from '../look/classes.ts';
import styles from './badge.module.css';

export interface BadgeProps {
  readonly count: number;
  /** 'mention': somebody named us; 'quiet': to be known, not to be called by. */
  readonly look?: 'mention' | 'quiet';
}

export function Badge({ count, look }: BadgeProps) {
  const shown = count > 999 ? '999+' : String(count);
  return (
    <span className={classes(styles['badge'], look !== undefined && styles[look])}>
      {look === 'mention' ? `@ ${shown}` : shown}
    </span>
  );
}

export function Tag({ text }: { readonly text: string }) {
  return <span className={styles['tag']}>{text}</span>;
}
