/** Packages whose licence is not a permissive one, each with the reason it may stay. */
import type { Exception } from './rules/dependencies.ts';

const mpl = (reason: string): Exception => ({ licence: 'MPL-2.0', reason });
const lightning = mpl('the style sheet compiler inside vite; runs at build time, unchanged, and is not shipped');

export const licenceExceptions: Readonly<Record<string, Exception>> = {
  'axe-core': mpl('looks at the window in tests, unchanged, and is not shipped'),
  lightningcss: lightning,
  'lightningcss-android-arm64': lightning,
  'lightningcss-darwin-arm64': lightning,
  'lightningcss-darwin-x64': lightning,
  'lightningcss-freebsd-x64': lightning,
  'lightningcss-linux-arm-gnueabihf': lightning,
  'lightningcss-linux-arm64-gnu': lightning,
  'lightningcss-linux-arm64-musl': lightning,
  'lightningcss-linux-x64-gnu': lightning,
  'lightningcss-linux-x64-musl': lightning,
  'lightningcss-win32-arm64-msvc': lightning,
  'lightningcss-win32-x64-msvc': lightning,
};
