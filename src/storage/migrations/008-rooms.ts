import type { Migration } from '../migrate.ts';

/** In a room the sender alone does not say who spoke: the name they bore there is kept with what they said, and whether it named us. */
export const rooms: Migration = {
  name: 'rooms',
  sql: `
    ALTER TABLE message ADD COLUMN nick TEXT;
    ALTER TABLE message ADD COLUMN mention INTEGER NOT NULL DEFAULT 0;
  `,
};
