import type { Migration } from '../migrate.ts';

/**
 * A correction is a message of its own, with its own way to the server. `corrects` is the message it is shown in; that one's `body` is
 * what stands now, `first_body` how it was put first, and `newest` its last correction.
 */
export const corrections: Migration = {
  name: 'corrections',
  sql: `
    ALTER TABLE message ADD COLUMN occupant TEXT;
    ALTER TABLE message ADD COLUMN replaces TEXT;
    ALTER TABLE message ADD COLUMN corrects INTEGER;
    ALTER TABLE message ADD COLUMN first_body TEXT;
    ALTER TABLE message ADD COLUMN newest INTEGER;
    CREATE INDEX message_corrections ON message (corrects, at) WHERE corrects IS NOT NULL;
    CREATE INDEX message_replacing ON message (conversation, replaces) WHERE replaces IS NOT NULL;
  `,
};
