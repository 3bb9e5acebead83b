/** What this is, and what it runs on. */
import { orSay } from '../accounts/remedy.ts';
import { copy } from '../conversation/copy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button } from '../widgets/button.tsx';
import { words } from '../words.ts';
import { Page, Setting } from './page.tsx';
import styles from './page.module.css';

const { aboutPage: said } = words;

export function AboutPage() {
  const version = useMirror((mirror) => mirror.version);
  const runsOn = useMirror((mirror) => mirror.runsOn);
  const demo = useMirror((mirror) => mirror.demo);
  const kith = `${words.kith} ${version}`;
  const beneath = [...runsOn, ...browser(navigator.userAgent)].join(' · ');
  return (
    <Page title={words.settings.about} lede={said.lede}>
      <div className={styles['card']}>
        <Setting id="version" name={kith} {...(demo ? { help: said.demo } : {})}>
          <span />
        </Setting>
        <Setting id="runs-on" name={said.runsOn} help={beneath}>
          <Button small aria-describedby="runs-on-help" onClick={() => void copy(`${kith} · ${beneath}`, said.copied)}>
            {said.copy}
          </Button>
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

/** What draws the window, by name and version, as it calls itself. */
function browser(callsItself: string): readonly string[] {
  const [, name, version] = /(Chrome|Firefox)\/([\d.]+)/u.exec(callsItself) ?? [];
  return name === undefined ? [] : [`${name === 'Chrome' ? 'Chromium' : name} ${version}`];
}
