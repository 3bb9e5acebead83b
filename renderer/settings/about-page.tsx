/** What this is. */
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import { Page, Setting } from './page.tsx';
import styles from './page.module.css';

const { aboutPage: said } = words;

export function AboutPage() {
  const version = useMirror((mirror) => mirror.version);
  const demo = useMirror((mirror) => mirror.demo);
  return (
    <Page title={words.settings.about} lede={said.lede}>
      <div className={styles['card']}>
        <Setting id="version" name={`${words.kith} ${version}`} {...(demo ? { help: said.demo } : {})}>
          <span />
        </Setting>
        <Setting id="quit" name={said.end} help={said.endHelp}>
          <Button small aria-describedby="quit-help" onClick={() => orSay(ask('house.quit', {}))}>
            {said.endNow}
          </Button>
        </Setting>
      </div>
    </Page>
  );
}
