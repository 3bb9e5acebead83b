/** Catalogs as the build lets them be imported. */
declare module '*.po' {
  import type { Messages } from '@lingui/core';
  export const messages: Messages;
}
declare module '*.pot' {
  import type { Messages } from '@lingui/core';
  export const messages: Messages;
}
declare module '*.pot?pseudo' {
  import type { Messages } from '@lingui/core';
  export const messages: Messages;
}
declare module '*.pot?pseudo-arab' {
  import type { Messages } from '@lingui/core';
  export const messages: Messages;
}
