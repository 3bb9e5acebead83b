/** The first page anyone sees: sign in, or try it here. Nothing is shown that does nothing. */
import { AtSign, ChevronRight, Sparkles, UserPlus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { asKithError } from '../../src/base/index.ts';
import town from '../pictures/town.svg';
import mark from '../pictures/mark.svg';
import { ask } from '../mirror/index.ts';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import styles from './first-run.module.css';
import { SignInForm } from './sign-in-form.tsx';

export interface FirstRunProps {
  /** From the first attempt until one succeeds this page stays, though there is an account already. */
  onBegun(begun: boolean): void;
}

export function FirstRun({ onBegun }: FirstRunProps) {
  const [fault, setFault] = useState<string>();
  const [making, setMaking] = useState(false);
  const done = useCallback(() => onBegun(false), [onBegun]);
  const tryIt = (): void => {
    ask('demo.start', {}).catch((error: unknown) => setFault(words.fault[asKithError(error).code]));
  };
  return (
    <main className={styles['first']}>
      <div className={styles['art']} aria-hidden="true">
        <img src={town} alt="" />
        <p>{words.firstRun.motto}</p>
      </div>
      <div className={styles['side']}>
        <div className={styles['form']}>
          <p className={styles['brand']}>
            <img src={mark} alt="" width="30" height="30" />
            <span>{words.kith}</span>
          </p>
          <h1>{making ? words.firstRun.make : words.firstRun.title}</h1>
          <p className={styles['lede']}>{making ? words.firstRun.makeLede : words.firstRun.lede}</p>
          <SignInForm key={String(making)} making={making} onDone={done} onBegun={onBegun} />
          <p className={styles['or']}>{words.firstRun.or}</p>
          <button type="button" className={styles['alternative']} onClick={() => setMaking(!making)}>
            <Icon of={making ? AtSign : UserPlus} />
            <span>
              <b>{making ? words.firstRun.haveOne : words.firstRun.make}</b>
              <small>{making ? words.firstRun.lede : words.firstRun.makeHelp}</small>
            </span>
            <Icon of={ChevronRight} className={styles['onward']} />
          </button>
          <button type="button" className={styles['alternative']} onClick={tryIt}>
            <Icon of={Sparkles} />
            <span>
              <b>{words.firstRun.tryIt}</b>
              <small>{fault ?? words.firstRun.tryItHelp}</small>
            </span>
            <Icon of={ChevronRight} className={styles['onward']} />
          </button>
        </div>
      </div>
    </main>
  );
}
