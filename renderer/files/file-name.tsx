/** A file's name in one line: where it is too long its middle goes, so that its ending can still be read. */
import { plainly } from '../look/turning.ts';
import styles from './files.module.css';

/** Letters at the end that always show: an ending, and a little of the name before it. */
const kept = 9;

export function FileName({ name }: { readonly name: string }) {
  const letters = [...plainly(name)];
  const at = Math.max(0, letters.length - kept);
  return (
    <b className={styles['name']} title={plainly(name)}>
      <bdi>
        <span>{letters.slice(0, at).join('')}</span>
        <span>{letters.slice(at).join('')}</span>
      </bdi>
    </b>
  );
}
