/** Presence as a shape first and a colour second. Every state has its own; the halo takes the colour of what is beneath. */
import type { ReactNode } from 'react';
import type { Availability } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import styles from './presence.module.css';

const ring = { fill: 'none', stroke: 'currentColor' } as const;

const shapes: Record<Availability, ReactNode> = {
  available: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  away: <path d="M8.6 2.4a5.6 5.6 0 1 0 5 7.1 4.9 4.9 0 0 1-5-7.1z" fill="currentColor" />,
  'extended-away': (
    <>
      <circle cx="8" cy="8" r="4.6" {...ring} strokeWidth="1.8" />
      <path d="M8 3.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor" />
    </>
  ),
  busy: (
    <path fillRule="evenodd" d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM5.2 7h5.6v2H5.2z" fill="currentColor" />
  ),
  hidden: (
    <>
      <circle cx="8" cy="8" r="4.6" {...ring} strokeWidth="1.8" />
      <path d="M4.9 11.1l6.2-6.2" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  offline: <circle cx="8" cy="8" r="4.4" {...ring} strokeWidth="1.9" />,
  unknown: <circle cx="8" cy="8" r="4.6" {...ring} strokeWidth="1.9" strokeDasharray="2.4 2.42" />,
};

export function PresenceShape({
  of,
  className,
}: {
  readonly of: Availability;
  readonly className?: string | undefined;
}) {
  return (
    <svg
      className={classes(styles['presence'], styles[of], className)}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <circle className={styles['halo']} cx="8" cy="8" r="8" />
      {shapes[of]}
    </svg>
  );
}
