/** A room's sign on its own colour: square where people are round. Hidden from the ear: the name stands beside it. */
import { UsersRound } from 'lucide-react';
import type { CSSProperties } from 'react';
import { classes } from '../look/classes.ts';
import { personColours } from '../look/person-colour.ts';
import styles from './avatar.module.css';
import { Icon } from './icon.tsx';

export interface RoomAvatarProps {
  readonly address: string;
  /** In pixels; without it the surroundings decide. */
  readonly size?: number;
}

export function RoomAvatar({ address, size }: RoomAvatarProps) {
  const style = { ...personColours(address), ...(size === undefined ? {} : { '--av': `${size}px` }) } as CSSProperties;
  return (
    <span className={styles['avatar']} data-person="" style={style} aria-hidden="true">
      <span className={classes(styles['face'], styles['square'])}>
        <Icon of={UsersRound} />
      </span>
    </span>
  );
}
