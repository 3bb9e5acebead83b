import type { Migration } from '../migrate.ts';

/** Whether a sender wants their words shown without styling. */
export const unstyled: Migration = {
  name: 'unstyled',
  sql: 'ALTER TABLE message ADD COLUMN unstyled INTEGER NOT NULL DEFAULT 0;',
};
