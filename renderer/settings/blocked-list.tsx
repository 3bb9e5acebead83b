/** Everybody who is kept away, of all accounts that can do that. */
import { orSay } from '../accounts/remedy.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import styles from './page.module.css';

const { blocking: said } = words;

export function BlockedList() {
  const connections = useMirror((mirror) => mirror.connections);
  const able = [...connections.all.values()].filter(({ blocked }) => blocked !== undefined);
  if (able.length === 0) return null;
  const all = able.flatMap(({ account, blocked = [] }) => blocked.map((contact) => ({ account, contact })));
  return (
    <section>
      <h2>{said.title}</h2>
      {all.length === 0 && <p className={styles['help']}>{said.nobody}</p>}
      {all.length > 0 && (
        <ul className={styles['card']}>
          {all.map((key) => (
            <li key={`${key.account} ${key.contact}`} className={styles['setting']}>
              <span className={classes(text['address'], text['clipped'], text['grow'])}>{plainly(key.contact)}</span>
              <Button
                small
                aria-label={said.unblockWhom(key.contact)}
                onClick={() => orSay(ask('contact.unblock', key))}
              >
                {said.unblock}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
