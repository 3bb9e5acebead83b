/** The words of the pages of the settings. */
import type { SecretsMode } from '../src/contracts/index.ts';
import { i18n } from './look/language.ts';

export const settingsPages = {
  appearancePage: {
    lede: i18n._('Follows your desktop until you choose.'),
    theme: i18n._('Theme'),
    themeHelp: i18n._('More contrast always follows the desktop'),
    system: i18n._('Desktop'),
    light: i18n._('Light'),
    dark: i18n._('Dark'),
    density: i18n._('Density'),
    densityHelp: i18n._('Compact shows a conversation as a page of lines'),
    language: i18n._('Language'),
    languageHelp: i18n._('The window begins anew in it; nothing is lost'),
    comfortable: i18n._('Comfortable'),
    compact: i18n._('Compact'),
  },
  privacyPage: {
    lede: i18n._('What others are told about you.'),
    readMarkers: i18n._('Say when I have read something'),
    readMarkersHelp: i18n._('Others see Read under their messages. Without it, they are not asked for theirs.'),
    typingNotices: i18n._('Say when I am typing'),
    typingNoticesHelp: i18n._('Others see it while you write to them. Without it, nothing invites theirs.'),
  },
  passwordsPage: {
    lede: i18n._('Where your passwords live.'),
    modes: {
      keyring: i18n._('The desktop’s keyring'),
      sealed: i18n._('A sealed file'),
      ask: i18n._('Nowhere, ask me'),
      memory: i18n._('In memory only'),
      plain: i18n._('A plain file'),
    } satisfies Record<SecretsMode, string>,
    demo: i18n._('This is the demo: it has no passwords to keep.'),
    moved: i18n._('Your passwords live there now'),
    plainWarning: i18n._(
      'Your passwords lie in a file that is not locked. Every program that runs as you, and everyone with a copy of your disk, can read them.',
    ),
    plainSure: i18n._('Every program that runs as you could read your passwords. Kith will keep saying so here.'),
    plainYes: i18n._('Keep them in a plain file'),
  },
  aboutPage: {
    lede: i18n._('Your people, in one place, on your own computer.'),
    demo: i18n._('This is the demo: nothing leaves this computer.'),
    runsOn: i18n._('Runs on'),
    copy: i18n._('Copy'),
    copied: i18n._('Copied, to be put into a report'),
    end: i18n._('End Kith'),
    endHelp: i18n._('Signs out and closes every window'),
    endNow: i18n._('End now'),
  },
};
