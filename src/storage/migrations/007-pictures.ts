import type { Migration } from '../migrate.ts';

/** `seq` counts up with each that is kept, so that the oldest are found. */
export const pictures: Migration = {
  name: 'pictures',
  sql: `
    CREATE TABLE picture (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      avatar TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      bytes BLOB NOT NULL
    ) STRICT;
  `,
};
