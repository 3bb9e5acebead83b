/** Which page of the settings is open. */
import type { ReactNode } from 'react';
import type { SettingsPage as Name } from '../window/place.ts';
import { AboutPage } from './about-page.tsx';
import { AccountsPage } from './accounts-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { KeyboardPage } from './keyboard-page.tsx';
import { PasswordsPage } from './passwords-page.tsx';
import { PrivacyPage } from './privacy-page.tsx';

const pages: Record<Name, () => ReactNode> = {
  accounts: AccountsPage,
  appearance: AppearancePage,
  privacy: PrivacyPage,
  passwords: PasswordsPage,
  keyboard: KeyboardPage,
  about: AboutPage,
};

export function SettingsPage({ page }: { readonly page: Name }) {
  const Shown = pages[page];
  return <Shown key={page} />;
}
