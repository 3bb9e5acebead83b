/** Which theme stands: what the person chose, else what the desktop wants. More contrast is the desktop's word in either case. */
import type { HouseSettings } from '../../src/contracts/index.ts';

export type Theme = 'light' | 'dark' | 'contrast' | 'contrast-light';

export interface DesktopWish {
  readonly dark: boolean;
  readonly contrast: boolean;
}

export function themeFor(chosen: HouseSettings['theme'], desktop: DesktopWish): Theme {
  const dark = chosen === 'system' ? desktop.dark : chosen === 'dark';
  if (desktop.contrast) return dark ? 'contrast' : 'contrast-light';
  return dark ? 'dark' : 'light';
}

/** Puts theme and density on the page and follows the desktop from then on. Returns a function that stops following. */
export function follow(settings: Pick<HouseSettings, 'theme' | 'density'>): () => void {
  const queries = [matchMedia('(prefers-color-scheme: dark)'), matchMedia('(prefers-contrast: more)')] as const;
  const put = (): void => {
    const page = document.documentElement;
    page.dataset['theme'] = themeFor(settings.theme, { dark: queries[0].matches, contrast: queries[1].matches });
    page.dataset['density'] = settings.density;
  };
  put();
  for (const query of queries) query.addEventListener('change', put);
  return () => {
    for (const query of queries) query.removeEventListener('change', put);
  };
}
