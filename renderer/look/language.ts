/** The language Kith speaks in its window. It is chosen before the first word is said, and another one begins with the page anew. */
import { i18n, type Messages } from '@lingui/core';
import { type Language, languages } from '../../src/contracts/index.ts';

/** What is said is `i18n._` of its English words; placeholders and plurals as in ICU MessageFormat. */
export { i18n };

/** What tests speak: English with every vowel marked, or in Arabic letters, so that what goes around the catalogs stands out. */
const pseudo = ['pseudo', 'pseudo-arab'] as const;
type Spoken = Language | (typeof pseudo)[number];

/** Where a page remembers what was chosen: it has to know before it can ask the house. */
const remembered = 'kith-language';

const catalogs: Readonly<Record<Spoken, () => Promise<{ readonly messages: Messages }>>> = {
  en: () => import('../locales/words.pot'),
  de: () => import('../locales/de.po'),
  pseudo: () => import('../locales/words.pot?pseudo'),
  'pseudo-arab': () => import('../locales/words.pot?pseudo-arab'),
};

i18n.loadAndActivate({ locale: 'en', messages: {} });

/** For Intl: the language that is spoken, with the region's own ways where the desktop has the same one. */
export function intlLocale(): string {
  const spoken = i18n.locale.startsWith('pseudo') ? 'en' : i18n.locale;
  return globalThis.navigator?.languages?.find((wanted) => wanted.split('-')[0] === spoken) ?? spoken;
}

/** Resolves when it is spoken; the first of the desktop's languages that Kith speaks, where none was chosen. */
export async function beginSpeaking(): Promise<void> {
  const spoken = chosen() ?? desktopLanguage();
  const { messages } = await catalogs[spoken]();
  i18n.loadAndActivate({ locale: spoken, messages });
  const page = document.documentElement;
  page.lang = spoken.startsWith('pseudo') ? 'en' : spoken;
  page.dir = spoken === 'pseudo-arab' ? 'rtl' : 'ltr';
}

/** Takes on what the settings say. A page that speaks something else begins anew. */
export function followLanguage(wanted: 'system' | Language): void {
  if (pseudo.some((each) => each === i18n.locale)) return;
  if (wanted === 'system') localStorage.removeItem(remembered);
  else localStorage.setItem(remembered, wanted);
  if ((chosen() ?? desktopLanguage()) !== i18n.locale) location.reload();
}

function chosen(): Spoken | undefined {
  const wanted = localStorage.getItem(remembered);
  return [...languages, ...pseudo].find((each) => each === wanted);
}

function desktopLanguage(): Language {
  for (const wanted of navigator.languages) {
    const spoken = languages.find((each) => each === wanted.split('-')[0]);
    if (spoken !== undefined) return spoken;
  }
  return 'en';
}
