/** Where passwords live. What is unsafe says so for as long as it is so. */
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { asKithError } from '../../src/base/index.ts';
import type { SecretsMode } from '../../src/contracts/index.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { useNewPassphrase } from '../questions/new-passphrase.tsx';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import styles from './page.module.css';
import { Page } from './page.tsx';
import own from './passwords-page.module.css';

const { passwordsPage: said } = words;

/** 'memory' is what a start without a place for passwords falls to: it is named when it is so, and not offered otherwise. */
const offered: readonly SecretsMode[] = ['keyring', 'sealed', 'ask', 'plain'];

export function PasswordsPage() {
  const mode = useMirror((mirror) => mirror.secrets);
  const demo = useMirror((mirror) => mirror.demo);
  const [wanted, setWanted] = useState<SecretsMode>();
  const [fault, setFault] = useState<string>();
  const move = (to: SecretsMode, passphrase?: string): void => {
    setFault(undefined);
    ask('secrets.choose', { mode: to, ...(passphrase === undefined ? {} : { passphrase }) }).then(
      () => {
        setWanted(undefined);
        showToast(said.moved);
      },
      (error: unknown) => {
        const { code, message } = asKithError(error);
        setFault(code === 'not-supported' || code === 'invalid-argument' ? message : words.fault[code]);
      },
    );
  };
  const choose = (to: SecretsMode): void => {
    setFault(undefined);
    if (to === mode) setWanted(undefined);
    else if (to === 'sealed' || to === 'plain') setWanted(to);
    else move(to);
  };
  return (
    <Page title={words.settings.passwords} lede={said.lede}>
      {mode === 'plain' && (
        <p className={styles['warning']}>
          <Icon of={CircleAlert} size="small" />
          <span>{said.plainWarning}</span>
        </p>
      )}
      {demo && <p className={own['note']}>{said.demo}</p>}
      <div className={styles['card']} role="radiogroup" aria-label={said.lede}>
        {(mode === 'memory' ? [...offered, mode] : offered).map((each) => (
          <label key={each} className={own['option']}>
            <input type="radio" name="secrets" checked={(wanted ?? mode) === each} onChange={() => choose(each)} />
            <span>
              {said.modes[each]}
              <small>{words.secrets.kept[each]}</small>
            </span>
          </label>
        ))}
      </div>
      {fault !== undefined && (
        <p className={own['fault']} role="alert">
          {fault}
        </p>
      )}
      {wanted === 'sealed' && <Passphrase onSet={(passphrase) => move('sealed', passphrase)} />}
      {wanted === 'plain' && (
        <div className={own['sure']}>
          <p>{said.plainSure}</p>
          <Button danger onClick={() => move('plain')}>
            {said.plainYes}
          </Button>
          <Button onClick={() => setWanted(undefined)}>{words.details.cancel}</Button>
        </div>
      )}
    </Page>
  );
}

function Passphrase({ onSet }: { onSet(passphrase: string): void }) {
  const { fields, submit } = useNewPassphrase(onSet);
  return (
    <form className={own['passphrase']} onSubmit={submit}>
      {fields}
      <div>
        <Button look="primary" type="submit">
          {words.newPassphrase.submit}
        </Button>
      </div>
    </form>
  );
}
