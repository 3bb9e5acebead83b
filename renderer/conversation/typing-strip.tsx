/** Who is writing, and what waits. Its place is always kept. */
import type { ContactKey } from '../../src/domain/index.ts';
import { useMirror } from '../mirror/index.ts';
import { useTyping } from '../roster/row.tsx';
import { words } from '../words.ts';
import styles from './typing-strip.module.css';

export function TypingStrip({ contact, name }: { readonly contact: ContactKey; readonly name: string }) {
  const typing = useTyping([contact]);
  const online = useMirror(({ connections }) => connections.all.get(contact.account)?.status === 'online');
  return (
    <div className={styles['strip']}>
      {typing && (
        <>
          <span className={styles['dots']} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>{words.talk.typing(name)}</span>
        </>
      )}
      {!typing && !online && words.talk.waits}
    </div>
  );
}
