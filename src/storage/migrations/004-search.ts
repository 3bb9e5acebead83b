import type { Migration } from '../migrate.ts';

/** The words of every body, kept beside the messages by triggers (https://sqlite.org/fts5.html, external content tables). */
export const search: Migration = {
  name: 'search',
  sql: `
    CREATE VIRTUAL TABLE message_words USING fts5 (
      body, content = 'message', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO message_words (message_words) VALUES ('rebuild');

    CREATE TRIGGER message_words_added AFTER INSERT ON message BEGIN
      INSERT INTO message_words (rowid, body) VALUES (new.seq, new.body);
    END;
    CREATE TRIGGER message_words_removed AFTER DELETE ON message BEGIN
      INSERT INTO message_words (message_words, rowid, body) VALUES ('delete', old.seq, old.body);
    END;
    CREATE TRIGGER message_words_changed AFTER UPDATE OF body ON message BEGIN
      INSERT INTO message_words (message_words, rowid, body) VALUES ('delete', old.seq, old.body);
      INSERT INTO message_words (rowid, body) VALUES (new.seq, new.body);
    END;
  `,
};
