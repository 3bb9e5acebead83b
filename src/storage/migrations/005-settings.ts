import type { Migration } from '../migrate.ts';

export const settings: Migration = {
  name: 'settings',
  sql: `
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
