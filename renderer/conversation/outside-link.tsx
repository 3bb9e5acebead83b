/** A link as somebody wrote it: it opens outside, and says where it leads when its text could be misread. */
import { Fragment } from 'react';
import { withoutTurning } from '../look/turning.ts';
import type { Link } from './links.ts';
import styles from './plate.module.css';

export function OutsideLink({ link: { text, target, host } }: { readonly link: Link }) {
  return (
    <>
      <a href={target} target="_blank" rel="noopener noreferrer" dir="ltr" className={styles['link']}>
        <Plain text={text} />
      </a>
      {host !== undefined && <bdi className={styles['host']}> ({host})</bdi>}
    </>
  );
}

/** Text whose direction signs are drawn, and quieter than what was meant to be read. */
export function Plain({ text }: { readonly text: string }) {
  return withoutTurning(text).map(({ sign, text: piece }, index) =>
    // Text has no identity of its own: its place is what it is.
    // eslint-disable-next-line react/no-array-index-key
    sign ? (
      <span key={index} className={styles['sign']}>
        ⟨⟩
      </span>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  );
}
