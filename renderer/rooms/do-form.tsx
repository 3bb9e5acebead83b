/** The shell of everything that is done with a room in place. */
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { KithError } from '../../src/base/index.ts';
import type { Room } from '../../src/domain/index.ts';
import details from '../details/details-pane.module.css';
import { plainly } from '../look/turning.ts';
import { Button } from '../widgets/button.tsx';
import { goTo } from '../window/place.ts';
import { words } from '../words.ts';
import { whyNot } from './going.ts';
import styles from './room-details.module.css';
import type { RoomKey } from './rooms.ts';

export interface RoomFormProps {
  readonly room: RoomKey;
  readonly known: Room;
}

const leave = (): void => goTo({ doing: undefined });

export interface DoFormProps {
  readonly label: string;
  readonly submit: string;
  readonly danger?: boolean;
  /** Resolves when it is done; what it rejects with is said at its end. */
  work(): Promise<unknown>;
  readonly children: ReactNode;
}

/** One wish: the first field takes the focus, and a refusal stands beneath with all that was written. */
export function DoForm({ label, submit, danger = false, work, children }: DoFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => (form.current?.querySelector<HTMLElement>('input, textarea') ?? form.current)?.focus(), []);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFault('');
    work().then(leave, (error: KithError) => {
      setBusy(false);
      setFault(whyNot(error));
    });
  };
  return (
    <form ref={form} className={styles['form']} aria-label={label} tabIndex={-1} onSubmit={send}>
      {children}
      {fault !== '' && (
        <p className={styles['fault']} role="alert">
          {plainly(fault)}
        </p>
      )}
      <div className={details['actions']}>
        <Button look={danger ? 'plain' : 'primary'} danger={danger} small type="submit">
          {submit}
        </Button>
        <Button small onClick={leave}>
          {words.roomForm.cancel}
        </Button>
      </div>
    </form>
  );
}
