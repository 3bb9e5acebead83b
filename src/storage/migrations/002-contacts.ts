import type { Migration } from '../migrate.ts';

/** A contact is read and written whole, so its facts are one JSON text. */
export const contacts: Migration = {
  name: 'contacts',
  sql: `
    CREATE TABLE contact (
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      id TEXT NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (account, id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE link (
      person TEXT NOT NULL,
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      contact TEXT NOT NULL,
      PRIMARY KEY (account, contact)
    ) STRICT, WITHOUT ROWID;
  `,
};
