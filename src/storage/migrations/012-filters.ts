import type { Migration } from '../migrate.ts';

/**
 * What a message is besides its words, as words of a second column: its conversation (c), who said it (s, or o for ourselves), and
 * whether it is a file (f), a picture (p) or has a link (l). A search that asks for several of them then looks each up, instead of
 * reading every message that has the words.
 */
const about = (row: string): string => `'c' || ${row}conversation
  || iif(${row}outgoing = 1, ' o1', ' s' || hex(lower(${row}sender)))
  || iif(${row}file IS NULL, '', ' f1')
  || iif(${row}file ->> 'picture' IS NULL, '', ' p1')
  || iif(instr(${row}body, '://') = 0, '', ' l1')`;

export const filters: Migration = {
  name: 'filters',
  sql: `
    DROP TRIGGER message_words_added;
    DROP TRIGGER message_words_removed;
    DROP TRIGGER message_words_changed;
    DROP TABLE message_words;

    CREATE VIEW message_indexed AS SELECT seq, body, ${about('')} AS about FROM message;
    CREATE VIRTUAL TABLE message_words USING fts5 (
      body, about, content = 'message_indexed', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO message_words (message_words) VALUES ('rebuild');

    CREATE TRIGGER message_words_added AFTER INSERT ON message BEGIN
      INSERT INTO message_words (rowid, body, about) VALUES (new.seq, new.body, ${about('new.')});
    END;
    CREATE TRIGGER message_words_removed AFTER DELETE ON message BEGIN
      INSERT INTO message_words (message_words, rowid, body, about) VALUES ('delete', old.seq, old.body, ${about('old.')});
    END;
    CREATE TRIGGER message_words_changed AFTER UPDATE OF body, file ON message BEGIN
      INSERT INTO message_words (message_words, rowid, body, about) VALUES ('delete', old.seq, old.body, ${about('old.')});
      INSERT INTO message_words (rowid, body, about) VALUES (new.seq, new.body, ${about('new.')});
    END;
  `,
};
