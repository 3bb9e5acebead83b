import type { Migration } from '../migrate.ts';

/** `key` is ours and small, because every message carries it; `id` is what the house says. */
export const accounts: Migration = {
  name: 'accounts',
  sql: `
    CREATE TABLE account (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      protocol TEXT NOT NULL,
      address TEXT NOT NULL,
      name TEXT NOT NULL,
      parameters TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      requested TEXT NOT NULL
    ) STRICT;

    CREATE TABLE memory (
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (account, name)
    ) STRICT, WITHOUT ROWID;
  `,
};
