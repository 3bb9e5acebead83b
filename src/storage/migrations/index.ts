/** Every step a profile has gone through, in order. New ones are added at the end. */
import type { Migration } from '../migrate.ts';
import { accounts } from './001-accounts.ts';
import { contacts } from './002-contacts.ts';
import { messages } from './003-messages.ts';
import { search } from './004-search.ts';
import { settings } from './005-settings.ts';
import { drafts } from './006-drafts.ts';
import { pictures } from './007-pictures.ts';
import { rooms } from './008-rooms.ts';
import { files } from './009-files.ts';
import { corrections } from './010-corrections.ts';
import { unstyled } from './011-unstyled.ts';
import { filters } from './012-filters.ts';

export const migrations: readonly Migration[] = [
  accounts,
  contacts,
  messages,
  search,
  settings,
  drafts,
  pictures,
  rooms,
  files,
  corrections,
  unstyled,
  filters,
];
