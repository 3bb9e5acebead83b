import type { Migration } from '../migrate.ts';

/** Beside the conversations and not in them: one may be written to that has no message yet. */
export const drafts: Migration = {
  name: 'drafts',
  sql: `
    CREATE TABLE draft (
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      kind TEXT NOT NULL,
      address TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (account, kind, address)
    ) STRICT, WITHOUT ROWID;
  `,
};
