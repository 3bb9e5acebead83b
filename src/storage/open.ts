/** Opens a profile's database for one process alone. */
import { DatabaseSync } from '@photostructure/sqlite';
import { KithError, type Log } from '../base/index.ts';
import { isSuspect, setAside, trust } from './damage.ts';
import { Database } from './database.ts';
import { holderOf } from './holder.ts';
import { migrate, recognise, type Migration } from './migrate.ts';
import { preparePlace, watchPlace } from './place.ts';
import { salvage } from './salvage.ts';
import { isBusy, isDamaged, storageTrouble } from './trouble.ts';

export interface Opened {
  readonly database: Database;
  /** Where a database that was damaged now lies. */
  readonly aside?: string;
}

/** As `openDatabase`, and instead of a damaged one a new one with what could be saved. */
export function openOrMend(folder: string, migrations: readonly Migration[], log: Log): Opened {
  try {
    const database = openDatabase(folder, migrations, log);
    if (!isSuspect(folder)) return { database };
    if (isWhole(database)) {
      trust(folder);
      return { database };
    }
    closeQuietly(database);
  } catch (error) {
    if (!isDamaged(error)) throw error;
  }
  const aside = setAside(folder);
  log.error('a damaged profile was set aside', { aside });
  const database = openDatabase(folder, migrations, log);
  salvage(aside, database, log);
  return { database, aside };
}

function isWhole(database: Database): boolean {
  try {
    const [first] = database.all<Record<string, string>>('PRAGMA integrity_check(1)');
    return Object.values(first ?? {})[0] === 'ok';
  } catch {
    return false;
  }
}

/**
 * Throws 'profile-in-use', 'profile-newer' or 'disk'.
 * The lock is SQLite's own on the database file (locking_mode EXCLUSIVE): the system takes it away with the process,
 * however that ends, and there is no second file that could be deleted or grow stale.
 */
export function openDatabase(folder: string, migrations: readonly Migration[], log: Log): Database {
  const file = preparePlace(folder);
  const database = new Database(holdAlone(file, folder), folder, watchPlace(file));
  try {
    recognise(database, folder, migrations.length);
    database.script(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA journal_size_limit = 8388608;
      PRAGMA secure_delete = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA trusted_schema = OFF;
      PRAGMA foreign_keys = ON;
    `);
    const steps = migrate(database, migrations);
    if (steps > 0) log.info('brought the profile up to date', { steps });
    return database;
  } catch (error) {
    closeQuietly(database);
    throw error;
  }
}

/** What was wrong is already known, and says more than what a damaged file refuses at its end. */
function closeQuietly(database: Database): void {
  try {
    database.close();
  } catch {
    return;
  }
}

/**
 * Two starting at the same moment can each take a shared lock and wait for the other to let go.
 * They wait for different times, so one gives up first and the other gets it.
 */
function holdAlone(file: string, folder: string): InstanceType<typeof DatabaseSync> {
  const attempts = 3;
  for (let attempt = 1; ; attempt += 1) {
    let sqlite: InstanceType<typeof DatabaseSync> | undefined;
    try {
      sqlite = new DatabaseSync(file, { timeout: 20 + Math.floor(Math.random() * 100) });
      sqlite.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
      return sqlite;
    } catch (error) {
      sqlite?.close();
      if (!isBusy(error)) throw storageTrouble(error, folder);
      if (attempt === attempts) throw inUse(file, folder);
    }
  }
}

function inUse(file: string, folder: string): KithError {
  const pid = holderOf(file);
  const who = pid === undefined ? 'Another Kith' : `Another Kith (process ${pid})`;
  return new KithError(
    'profile-in-use',
    `${who} is using ${folder}. Close it, or choose another folder with --profile.`,
  );
}
