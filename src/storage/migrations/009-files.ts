import type { Migration } from '../migrate.ts';

/** What is known of the file that a message is, read and written whole as one JSON text. */
export const files: Migration = {
  name: 'files',
  sql: `
    ALTER TABLE message ADD COLUMN file TEXT;
    CREATE INDEX message_with_file ON message (at) WHERE file IS NOT NULL;
  `,
};
