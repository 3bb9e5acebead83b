/** Says, above the field, that what stands in it takes the place of what was said. */
import { PencilLine, X } from 'lucide-react';
import type { Message } from '../../src/domain/index.ts';
import text from '../look/words.module.css';
import { plainly } from '../look/turning.ts';
import { useMirror } from '../mirror/index.ts';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import styles from './composer.module.css';

export function CorrectionStrip({ message, onEnd }: { readonly message: Message; onEnd(): void }) {
  const twice = useMirror(({ connections }) => {
    if (message.target.kind === 'room') return false;
    const contact = connections.all.get(message.account)?.contacts.get(message.target.contact);
    return contact?.abilities.includes('corrections') !== true;
  });
  return (
    <div className={styles['strip']}>
      <Icon of={PencilLine} size="small" />
      <span className={styles['correcting']}>
        <b>{words.talk.correcting}</b>
        <span className={text['clipped']} dir="auto">
          {plainly(message.body.slice(0, 200).replace(/\s+/gu, ' '))}
        </span>
        {twice && <small>{words.talk.shownTwice}</small>}
      </span>
      <button type="button" className={styles['end']} aria-label={words.talk.endCorrecting} onClick={onEnd}>
        <Icon of={X} />
      </button>
    </div>
  );
}
