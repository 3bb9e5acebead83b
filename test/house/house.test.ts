/** The law, held against the tree as it stands. The rules themselves are tested beside this, with violations planted. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kithErrorCodes } from '../../src/base/index.ts';
import { licenceExceptions } from './exceptions.ts';
import { packages, rooms } from './law.ts';
import { licences, registryHosts, saidLicence, type LockedPackage } from './rules/dependencies.ts';
import { errorTables, incomplete } from './rules/error-tables.ts';
import { droppedSubscriptions, eventNames } from './rules/events.ts';
import { imports } from './rules/imports.ts';
import { machinePaths, unfinished } from './rules/marks.ts';
import { fileNames, names } from './rules/names.ts';
import { readmes } from './rules/readmes.ts';
import { sizes, sizesOfAll } from './rules/sizes.ts';
import { secretsWritten } from './rules/spoken.ts';
import { throws } from './rules/throws.ts';
import { timersOutsideTheClock } from './rules/timers.ts';
import { wordsDrawn } from './rules/words.ts';
import { readTree, type Rule, type Violation } from './source.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const files = readTree(root);
const held = (rule: Rule): readonly string[] => said(files.flatMap(rule));
const said = (violations: readonly Violation[]): readonly string[] =>
  violations.map(({ path, line, text }) => `${path}:${line} ${text}`);

describe('the house', () => {
  it('imports only what the law allows', () => expect(held(imports)).toEqual([]));
  it('keeps its files short', () => {
    expect(held(sizes)).toEqual([]);
    const { median, most } = sizesOfAll(files);
    process.stdout.write(`Lines of a file: ${median} in the median, ${most} at the 90th percentile\n`);
    expect(median).toBeLessThanOrEqual(150);
  });
  it('names its files in kebab-case and in words of its own', () => expect(held(fileNames)).toEqual([]));
  it('names its things in words of its own', () => expect(held(names)).toEqual([]));
  it('takes time from the clock', () => expect(held(timersOutsideTheClock)).toEqual([]));
  it('throws nothing but KithError', () => expect(held(throws)).toEqual([]));
  it('names events as facts', () => expect(held(eventNames)).toEqual([]));
  it('keeps what a subscription returns', () => expect(held(droppedSubscriptions)).toEqual([]));
  it('writes no secret down', () => expect(held(secretsWritten)).toEqual([]));
  it('draws no word that is not in the catalogs', () => expect(held(wordsDrawn)).toEqual([]));
  it('leaves nothing for later', () => expect(held(unfinished)).toEqual([]));
  it('stands on any machine', () => {
    // A root account's home is too common a word for a container's whole world.
    const places = [root, homedir()].filter((place) => place.length > 1);
    expect(held(machinePaths(places))).toEqual([]);
  });
  it('says in every room what the room is for', () => expect(said(readmes(files))).toEqual([]));
});

describe('the error codes', () => {
  it('are all known to every table of them', () => {
    expect(held((file) => incomplete(file, kithErrorCodes))).toEqual([]);
  });
  it('have a retry policy, an exit code and a sentence', () => {
    const tables = files.flatMap(errorTables).map(({ path }) => path);
    for (const room of ['src/core/', 'src/shell/cli/', 'renderer/'])
      expect(
        tables.some((path) => path.startsWith(room)),
        `no table of error codes in ${room}`,
      ).toBe(true);
  });
});

describe('what comes from others', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>;
  const locked = read('package-lock.json')['packages'] as Record<string, LockedPackage>;
  const licenceOf = (path: string) => saidLicence(read(`${path}/package.json`));

  it('may be used freely', () => expect(said(licences(locked, licenceExceptions, licenceOf))).toEqual([]));
  it('is asked of whichever registry npm is told to ask', () => expect(said(registryHosts(locked))).toEqual([]));
  it('is all named by the law, and nothing else is', () => {
    const { dependencies, devDependencies } = read('package.json') as Record<string, Record<string, string>>;
    const declared = new Set([...Object.keys(dependencies ?? {}), ...Object.keys(devDependencies ?? {})]);
    expect(Object.keys(packages).filter((name) => !declared.has(name))).toEqual([]);
  });
});

describe('the law', () => {
  it('names only rooms in what a room may import', () => {
    const paths = new Set(rooms.map(({ path }) => path));
    for (const { mayImport } of rooms)
      for (const path of mayImport === 'anything' ? [] : mayImport) expect(paths).toContain(path);
  });
  it('lets no two rooms import each other', () => {
    for (const one of rooms)
      for (const other of rooms)
        expect(
          one.mayImport !== 'anything' &&
            other.mayImport !== 'anything' &&
            one.mayImport.includes(other.path) &&
            other.mayImport.includes(one.path),
          `${one.path} and ${other.path}`,
        ).toBe(false);
  });
});
