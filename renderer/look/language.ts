/** The language Kith speaks in its window. It is chosen before the first word is said, and another one begins with the page anew. */
import { i18n as catalog, type Messages } from '@lingui/core';
import { type Language, languages } from '../../src/contracts/index.ts';
import { apart } from './turning.ts';

/**
 * What is said is `i18n._` of its English words; placeholders and plurals as in ICU MessageFormat. Texts that are put in are somebody
 * else's words and run their own way: each is held apart here, so that no sentence can forget it.
 */
export const i18n = {
  _(english: string, values?: Readonly<Record<string, string | number>>): string {
    if (values === undefined) return catalog._(english);
    const held = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? apart(value, runsFromRight()) : value,
    ]);
    return catalog._(english, Object.fromEntries(held));
  },
};

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

catalog.loadAndActivate({ locale: 'en', messages: {} });

const runsFromRight = (): boolean => catalog.locale === 'pseudo-arab';

/** For Intl: the language that is spoken, with the region's own ways where the desktop has the same one. */
export function intlLocale(): string {
  const spoken = catalog.locale.startsWith('pseudo') ? 'en' : catalog.locale;
  return globalThis.navigator?.languages?.find((wanted) => wanted.split('-')[0] === spoken) ?? spoken;
}

/** Resolves when it is spoken; the first of the desktop's languages that Kith speaks, where none was chosen. */
export async function beginSpeaking(): Promise<void> {
  const spoken = chosen() ?? desktopLanguage();
  const { messages } = await catalogs[spoken]();
  catalog.loadAndActivate({ locale: spoken, messages });
  const page = document.documentElement;
  page.lang = spoken.startsWith('pseudo') ? 'en' : spoken;
  page.dir = runsFromRight() ? 'rtl' : 'ltr';
}

/** Takes on what the settings say. A page that speaks something else begins anew. */
export function followLanguage(wanted: 'system' | Language): void {
  if (pseudo.some((each) => each === catalog.locale)) return;
  if (wanted === 'system') localStorage.removeItem(remembered);
  else localStorage.setItem(remembered, wanted);
  if ((chosen() ?? desktopLanguage()) !== catalog.locale) location.reload();
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
