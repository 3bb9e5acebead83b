/** One calm line per account in need. The countdown is shown, not announced. */
import { CircleAlert, HardDrive, PlugZap, ShieldAlert, Unplug, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { systemClock } from '../../src/base/index.ts';
import type { AccountId } from '../../src/domain/index.ts';
import { classes } from '../look/classes.ts';
import { countdown } from '../look/times.ts';
import { useNow } from '../look/use-now.ts';
import text from '../look/words.module.css';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import styles from './account-lines.module.css';
import type { Plight } from './plight.ts';
import { apply } from './remedy.ts';
import { usePlights } from './use-plights.ts';

const signs = {
  connecting: PlugZap,
  offline: WifiOff,
  fault: CircleAlert,
  trust: ShieldAlert,
  stopped: Unplug,
  disk: HardDrive,
} as const;

const most = 3;

/** All of them, or those of one account. */
export function AccountLines({
  account,
  className,
}: {
  readonly account?: AccountId;
  readonly className?: string | undefined;
}) {
  const all = usePlights().filter((plight) => account === undefined || plight.account === account);
  const shown = all.slice(0, all.length > most ? most - 1 : most);
  return (
    <div className={classes(styles['lines'], className)} role="status">
      {shown.map((plight) => (
        <AccountLine key={plight.key} plight={plight} />
      ))}
      {shown.length < all.length && <p className={styles['line']}>{words.account.more(all.length - shown.length)}</p>}
    </div>
  );
}

function AccountLine({ plight }: { readonly plight: Plight }) {
  const late = useLate(plight.gravity === 'plain' ? 300 : 0);
  if (!late) return null;
  const { remedy } = plight;
  return (
    <div className={classes(styles['line'], styles[plight.gravity])}>
      <Icon of={signs[plight.sign]} size="small" />
      <span>
        {plight.text}
        {plight.until !== undefined && <Countdown until={plight.until} />}
      </span>
      {remedy !== undefined && <RemedyButton key={remedy.kind} remedy={remedy} />}
    </div>
  );
}

/** Keyed by what it does, and late where it undoes: a press meant for Try now must not land on the Cancel that takes its place. */
function RemedyButton({ remedy }: { readonly remedy: NonNullable<Plight['remedy']> }) {
  const late = useLate(remedy.kind === 'cancel' ? 1_500 : 0);
  if (!late) return null;
  return (
    <Button look="line" small onClick={() => apply(remedy)}>
      {remedy.label}
    </Button>
  );
}

export function Countdown({ until }: { readonly until: number }) {
  const now = useNow(250);
  return (
    <span role="timer" aria-live="off" className={text['number']}>
      {countdown(until, now)}
    </span>
  );
}

/** What is over in a moment is not worth a line. Who no longer has to wait is there at once. */
function useLate(delay: number): boolean {
  const [late, setLate] = useState(delay === 0);
  useEffect(() => {
    if (delay === 0) return undefined;
    const pending = systemClock.after(delay, () => setLate(true));
    return () => pending[Symbol.dispose]();
  }, [delay]);
  return late || delay === 0;
}
