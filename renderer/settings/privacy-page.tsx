/** What others are told about us. */
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Switch } from '../widgets/choice.tsx';
import { words } from '../words.ts';
import { BlockedList } from './blocked-list.tsx';
import { Page, Setting } from './page.tsx';
import styles from './page.module.css';

const { privacyPage: said } = words;

export function PrivacyPage() {
  const { readMarkers, typingNotices } = useMirror((mirror) => mirror.settings);
  return (
    <Page title={words.settings.privacy} lede={said.lede}>
      <div className={styles['card']}>
        <Setting id="read" name={said.readMarkers} help={said.readMarkersHelp}>
          <Switch
            on={readMarkers}
            labelledBy="read"
            onChange={(on) => orSay(ask('settings.set', { readMarkers: on }))}
          />
        </Setting>
        <Setting id="typing" name={said.typingNotices} help={said.typingNoticesHelp}>
          <Switch
            on={typingNotices}
            labelledBy="typing"
            onChange={(on) => orSay(ask('settings.set', { typingNotices: on }))}
          />
        </Setting>
      </div>
      <BlockedList />
    </Page>
  );
}
