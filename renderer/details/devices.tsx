/** What somebody is online with, best first; worth a line only where it says more than their presence. */
import { useEffect, useState } from 'react';
import type { ContactKey, Device } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { ask, useMirror } from '../mirror/index.ts';
import { contactOf } from '../roster/grouping.ts';
import { Heard } from '../widgets/heard.tsx';
import { PresenceShape } from '../widgets/presence.tsx';
import { words } from '../words.ts';
import styles from './details-pane.module.css';

export function Devices({ contact: key }: { readonly contact: ContactKey }) {
  const presence = useMirror(({ connections }) => contactOf(connections.all, key)?.presence);
  const devices = useDevices(key, presence);
  if (devices.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3>{words.devices.title}</h3>
      <DeviceList devices={devices} />
    </section>
  );
}

export function DeviceList({ devices }: { readonly devices: readonly Device[] }) {
  return (
    <ul>
      {devices.map(({ name, presence, priority }) => (
        <li key={name} className={styles['contact']}>
          <PresenceShape of={presence.availability} />
          <span className={text['grow']}>
            <bdi className={classes(text['clipped'])}>{plainly(name)}</bdi>
            <Heard>, </Heard>
            <small className={text['clipped']}>
              {[words.presence[presence.availability], words.devices.priority(priority), plainly(presence.message)]
                .filter((part) => part !== '')
                .join(' · ')}
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Asked for anew whenever `changed` is another. */
export function useDevices({ account, contact }: ContactKey, changed: unknown): readonly Device[] {
  const online = useMirror(({ connections }) => connections.all.get(account)?.status === 'online');
  const [devices, setDevices] = useState<readonly Device[]>([]);
  useEffect(() => {
    let wanted = true;
    const take = (found: readonly Device[] | null): void => {
      if (wanted) setDevices(found ?? []);
    };
    if (online) ask('contact.devices', { account, contact }).then(take, () => take([]));
    else take([]);
    return () => {
      wanted = false;
    };
  }, [account, contact, online, changed]);
  return devices;
}
