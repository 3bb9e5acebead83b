/** What else is online with this account. */
import type { Account, ContactId } from '../../src/domain/index.ts';
import { DeviceList, useDevices } from '../details/devices.tsx';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';

export function OwnDevices({ account, onDone }: { readonly account: Account; onDone(): void }) {
  const devices = useDevices({ account: account.id, contact: account.address as ContactId }, undefined);
  return (
    <div className={styles['present']}>
      {devices.length === 0 ? <p>{words.devices.none}</p> : <DeviceList devices={devices} />}
      <div className={styles['actions']}>
        <Button onClick={onDone}>{words.details.close}</Button>
      </div>
    </div>
  );
}
