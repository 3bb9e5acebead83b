import type { Migration } from '../migrate.ts';

/**
 * `seq` is the stored order. A conversation carries its unread count and its last message, so a list of ten thousand
 * is read without touching their messages; both change in the transaction that changes the messages.
 */
export const messages: Migration = {
  name: 'messages',
  sql: `
    CREATE TABLE conversation (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
      kind TEXT NOT NULL,
      address TEXT NOT NULL,
      unread INTEGER NOT NULL DEFAULT 0,
      last INTEGER,
      last_at INTEGER,
      read_at INTEGER,
      read_seq INTEGER
    ) STRICT;
    CREATE INDEX conversation_of_account ON conversation (account);

    CREATE TABLE message (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      account INTEGER NOT NULL,
      conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
      outgoing INTEGER NOT NULL,
      sender TEXT NOT NULL,
      body TEXT NOT NULL,
      at INTEGER NOT NULL,
      origin TEXT,
      archive TEXT,
      wants_marker INTEGER NOT NULL,
      caught_up INTEGER NOT NULL,
      unread INTEGER NOT NULL,
      state TEXT,
      state_at INTEGER,
      reason TEXT,
      words TEXT
    ) STRICT;
    CREATE INDEX message_by_time ON message (conversation, at);
    CREATE UNIQUE INDEX message_by_archive ON message (account, archive) WHERE archive IS NOT NULL;
    CREATE INDEX message_by_origin ON message (conversation, origin) WHERE origin IS NOT NULL;
    CREATE INDEX message_archived ON message (conversation, at) WHERE archive IS NOT NULL;
    CREATE INDEX message_unread ON message (conversation, at) WHERE unread = 1;
    CREATE INDEX message_by_state ON message (account, state) WHERE state IS NOT NULL;
  `,
};
