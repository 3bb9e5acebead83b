/** Theme, density and language. */
import { orSay } from '../accounts/remedy.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Segments } from '../widgets/choice.tsx';
import { words } from '../words.ts';
import { Page, Setting } from './page.tsx';
import styles from './page.module.css';

const { appearancePage: said } = words;

export function AppearancePage() {
  const { theme, density, language } = useMirror((mirror) => mirror.settings);
  return (
    <Page title={words.settings.appearance} lede={said.lede}>
      <div className={styles['card']}>
        <Setting id="theme" name={said.theme} help={said.themeHelp}>
          <Segments
            labelledBy="theme"
            options={[
              ['system', said.system],
              ['light', said.light],
              ['dark', said.dark],
            ]}
            chosen={theme}
            onChoose={(chosen) => orSay(ask('settings.set', { theme: chosen }))}
          />
        </Setting>
        <Setting id="density" name={said.density} help={said.densityHelp}>
          <Segments
            labelledBy="density"
            options={[
              ['comfortable', said.comfortable],
              ['compact', said.compact],
            ]}
            chosen={density}
            onChoose={(chosen) => orSay(ask('settings.set', { density: chosen }))}
          />
        </Setting>
        <Setting id="language" name={said.language} help={said.languageHelp}>
          <Segments
            labelledBy="language"
            // Each by its own name: who reads no other finds it still.
            options={[
              ['system', said.system],
              ['en', 'English'],
              ['de', 'Deutsch'],
            ]}
            chosen={language}
            onChoose={(chosen) => orSay(ask('settings.set', { language: chosen }))}
          />
        </Setting>
      </div>
    </Page>
  );
}
