/** A person's letters on their own colour, with their presence in the lower end corner. Hidden from the ear: the name stands beside it. */
import type { CSSProperties } from 'react';
import type { Availability } from '../../src/domain/index.ts';
import { initialsOf } from '../look/initials.ts';
import { personColours } from '../look/person-colour.ts';
import styles from './avatar.module.css';
import { PresenceShape } from './presence.tsx';

export interface AvatarProps {
  /** The bare address that gives the colour. */
  readonly address: string;
  readonly name: string;
  readonly presence?: Availability | undefined;
  /** In pixels; without it the surroundings decide. */
  readonly size?: number;
}

export function Avatar({ address, name, presence, size }: AvatarProps) {
  const style = { ...personColours(address), ...(size === undefined ? {} : { '--av': `${size}px` }) } as CSSProperties;
  return (
    <span className={styles['avatar']} data-person="" style={style} aria-hidden="true">
      <span className={styles['face']}>{initialsOf(name)}</span>
      {presence !== undefined && <PresenceShape of={presence} className={styles['presence']} />}
    </span>
  );
}
