/** One line about something that was done, with a way back. Never for what must be acted on. */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { type Disposable, systemClock } from '../../src/base/index.ts';
import { words } from '../words.ts';
import { Button } from './button.tsx';
import styles from './toast.module.css';

interface Toast {
  readonly text: string;
  readonly undo?: (() => void) | undefined;
}

const useToast = create<{ readonly toast: Toast | undefined }>(() => ({ toast: undefined }));
const lasts = 6000;

export const showToast = (text: string, undo?: () => void): void => useToast.setState({ toast: { text, undo } });

export function ToastPlace() {
  const { toast } = useToast();
  const leaving = useRef<Disposable>(undefined);
  const leave = (): void => useToast.setState({ toast: undefined });
  const hold = (): void => leaving.current?.[Symbol.dispose]();
  const release = (): void => {
    hold();
    leaving.current = systemClock.after(lasts, leave);
  };
  useEffect(() => {
    if (toast === undefined) return undefined;
    release();
    return hold;
    // A new toast begins its own six seconds; nothing else does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [toast]);
  return (
    <div role="status" className={styles['place']}>
      {toast !== undefined && (
        <div className={styles['toast']} onFocus={hold} onBlur={release}>
          <span>{toast.text}</span>
          {toast.undo !== undefined && (
            <Button
              look="line"
              small
              onClick={() => {
                toast.undo?.();
                leave();
              }}
            >
              {words.undo}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
