/** A person's picture, or their letters on their own colour, with their presence in the lower end corner. Hidden from the ear: the name stands beside it. */
import { type CSSProperties, useState } from 'react';
import type { Availability } from '../../src/domain/index.ts';
import { initialsOf } from '../look/initials.ts';
import { personColours } from '../look/person-colour.ts';
import styles from './avatar.module.css';
import { PresenceShape } from './presence.tsx';

export interface AvatarProps {
  /** The bare address that gives the colour. */
  readonly address: string;
  readonly name: string;
  /** Names their picture; empty when they have none. */
  readonly picture?: string;
  readonly presence?: Availability | undefined;
  /** In pixels; without it the surroundings decide. */
  readonly size?: number;
}

export function Avatar({ address, name, picture = '', presence, size }: AvatarProps) {
  const style = { ...personColours(address), ...(size === undefined ? {} : { '--av': `${size}px` }) } as CSSProperties;
  return (
    <span className={styles['avatar']} data-person="" style={style} aria-hidden="true">
      <span className={styles['face']}>
        {initialsOf(name)}
        {picture !== '' && <Picture key={picture} of={picture} />}
      </span>
      {presence !== undefined && <PresenceShape of={presence} className={styles['presence']} />}
    </span>
  );
}

/** Some kilobytes may unfold to gigabytes. Until it is shown a picture is not decoded, and one of more pixels never is. */
const mostPixels = 4096 * 4096;

/** Lies over the letters once it is there; where it cannot be had or shown, they stay. */
function Picture({ of: picture }: { readonly of: string }) {
  const [shown, setShown] = useState<'coming' | 'here' | 'broken'>('coming');
  if (shown === 'broken') return null;
  return (
    <img
      src={`/avatar/${picture}`}
      alt=""
      draggable={false}
      decoding="async"
      className={styles['picture']}
      data-shown={shown === 'here'}
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
        setShown(naturalWidth * naturalHeight > mostPixels ? 'broken' : 'here')
      }
      onError={() => setShown('broken')}
    />
  );
}
