/** Where someone stands in the list, and how to change that. */
import type { ContactKey } from '../../src/domain/index.ts';
import { plainly } from '../look/turning.ts';
import { useMirror } from '../mirror/index.ts';
import { contactOf } from '../roster/grouping.ts';
import { Button } from '../widgets/button.tsx';
import { goTo, openPage, usePlace } from '../window/place.ts';
import { words } from '../words.ts';
import styles from './details-pane.module.css';
import { EditContact } from './edit-contact.tsx';
import { RemoveContact } from './remove-contact.tsx';

export function ListPlace({ contact: key, name }: { readonly contact: ContactKey; readonly name: string }) {
  const contact = useMirror(({ connections }) => contactOf(connections.all, key));
  const doing = usePlace((each) => each.doing);
  const done = (): void => goTo({ doing: undefined });
  const listed = contact?.listed === true;
  // Whoever accepts them adds them.
  if (!listed && contact?.theySeeUs === 'asked') return null;
  return (
    <section data-list-place="" className={styles['section']}>
      {!listed && (
        <>
          <p className={styles['quiet']}>{words.details.notListed}</p>
          <Button small onClick={() => openPage({ kind: 'add-person', address: key.contact })}>
            {words.details.add}
          </Button>
        </>
      )}
      {listed && (doing === 'name' || doing === 'groups') && (
        <EditContact contactKey={key} contact={contact} begin={doing} onDone={done} />
      )}
      {listed && doing !== 'name' && doing !== 'groups' && (
        <>
          <div className={styles['pair']}>
            <span>{words.details.groups}</span>
            <bdi className={styles['value']}>
              {contact.groups.length === 0 ? words.details.noGroups : plainly(contact.groups.join(', '))}
            </bdi>
          </div>
          {contact.weSeeThem === 'asked' && <p className={styles['quiet']}>{words.details.asked}</p>}
          <div className={styles['actions']}>
            <Button small onClick={() => goTo({ doing: 'name' })}>
              {words.details.edit}
            </Button>
            {doing === 'remove' ? (
              <RemoveContact contactKey={key} name={name} onDone={done} />
            ) : (
              <Button look="quiet" danger small onClick={() => goTo({ doing: 'remove' })}>
                {words.details.remove}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
