/** Brings a database to the shape this program knows, one numbered step after another. */
import { KithError } from '../base/index.ts';
import type { Database } from './database.ts';

/** One step. Its number is its place in the list, from 1. Once released it never changes. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** 'Kith' in ASCII, in the database's header: tells our files from other programs'. */
const APPLICATION_ID = 0x4b697468;

/** Throws 'profile-newer' for a database of a later program, 'disk' for one that is not ours; both are left as they are. */
export function recognise(database: Database, folder: string, known: number): void {
  const version = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  if (application !== APPLICATION_ID && (version !== 0 || hasTables(database)))
    throw new KithError('disk', `The file kith.db in ${folder} belongs to another program. Choose another folder.`);
  if (version > known)
    throw new KithError(
      'profile-newer',
      `A newer Kith has used ${folder}, and this one would not understand it. Start the newer Kith, or choose another folder with --profile.`,
    );
}

/** Each step in a transaction of its own, so a step that fails leaves the step before it whole. Returns how many were taken. */
export function migrate(database: Database, migrations: readonly Migration[]): number {
  const version = pragma(database, 'user_version');
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    database.together(() => {
      database.script(migration.sql);
      database.script(`PRAGMA user_version = ${index + 1}; PRAGMA application_id = ${APPLICATION_ID}`);
    });
  }
  return Math.max(0, migrations.length - version);
}

function pragma(database: Database, name: string): number {
  return Object.values(database.first<Record<string, number>>(`PRAGMA ${name}`) ?? {})[0] ?? 0;
}

function hasTables(database: Database): boolean {
  return database.first('SELECT 1 FROM sqlite_schema LIMIT 1') !== undefined;
}
