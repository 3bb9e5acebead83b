/** The rules about the tree around the programs: marks, machine paths, READMEs, packages, tables of error codes. */
import { describe, expect, it } from 'vitest';
import { isPermissive, licences, registryHosts, saidLicence } from './dependencies.ts';
import { errorTables, incomplete } from './error-tables.ts';
import { machinePaths, unfinished } from './marks.ts';
import { linesHit, planted } from './planted.ts';
import { readmes } from './readmes.ts';

describe('what is here', () => {
  it('is done', () => {
    expect(linesHit(unfinished, 'src/core/a.ts', `\n// ${'TO'}${'DO'} later`)).toEqual([2]);
    expect(linesHit(unfinished, 'src/core/a.test.ts', `it.${'only'}('x', () => {});`)).toEqual([1]);
    expect(linesHit(unfinished, 'src/core/a.test.ts', `describe.${'skip'}('x', () => {});`)).toEqual([1]);
    expect(linesHit(unfinished, 'src/core/a.test.ts', 'it.skipIf(noBinary)("x", () => {});')).toEqual([1]);
    expect(linesHit(unfinished, 'src/core/a.test.ts', 'it.skipIf(notRun("x", why))("x", () => {});')).toEqual([]);
    expect(linesHit(unfinished, 'src/core/a.ts', 'const todos = 1;')).toEqual([]);
  });
  it('does not point into somebody’s machine', () => {
    const rule = machinePaths(['/srv/build/kith', '/home/amy']);
    expect(linesHit(rule, 'README.md', 'see /srv/build/kith/docs')).toEqual([1]);
    expect(linesHit(rule, 'README.md', 'a\n"/home/amy"')).toEqual([2]);
    expect(linesHit(rule, 'README.md', 'https://example.org/home/amy-b, x/srv/build/kith')).toEqual([]);
  });
  it('says what each room is for, briefly', () => {
    const code = planted('src/core/house.ts', '');
    expect(readmes([code]).map(({ path }) => path)).toEqual(['src/core/README.md']);
    expect(readmes([code, planted('src/core/README.md', '# Core\n')])).toEqual([]);
    expect(readmes([code, planted('src/core/README.md', 'x\n'.repeat(41))])).toHaveLength(1);
  });
});

describe('packages', () => {
  const none = () => undefined;
  it('are permissive, or have a reason', () => {
    expect(licences({ 'node_modules/a': { license: 'GPL-3.0' } }, {}, none)).toHaveLength(1);
    expect(licences({ 'node_modules/a': {} }, {}, none)).toHaveLength(1);
    expect(licences({ 'node_modules/a': {} }, {}, () => 'MIT')).toEqual([]);
    expect(
      licences(
        { 'node_modules/x/node_modules/@b/c': { license: 'MPL-2.0' } },
        { '@b/c': { licence: 'MPL-2.0', reason: 'r' } },
        none,
      ),
    ).toEqual([]);
    expect(
      licences({ 'node_modules/a': { license: 'GPL-3.0' } }, { a: { licence: 'MPL-2.0', reason: 'r' } }, none),
    ).toHaveLength(1);
  });
  it('may offer a choice', () => {
    expect(isPermissive('(MIT OR GPL-3.0)')).toBe(true);
    expect(isPermissive('MIT AND GPL-3.0')).toBe(false);
    expect(saidLicence({ licenses: [{ type: 'MIT' }] })).toBe('MIT');
  });
  it('name no registry', () => {
    expect(registryHosts({ 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } })).toHaveLength(1);
    expect(registryHosts({ 'node_modules/a': { version: '1.0.0' } })).toEqual([]);
  });
});

describe('a table of error codes', () => {
  const codes = ['network', 'disk'];
  const table = (text: string) => incomplete(planted('src/core/retry.ts', text), codes).map(({ text: said }) => said);

  it('is found in every form', () => {
    const both =
      'const a: Readonly<Record<KithErrorCode, number>> = { network: 1, disk: 2 }; const b = { network: 1, disk: 1 } as const satisfies Record<KithErrorCode, 1>; const c: { readonly [C in KithErrorCode]: number } = { network: 1, disk: 2 }; const g: Record<StatusReason["code"], 1> = { requested: 1, network: 1, disk: 1 }; const d: Partial<Record<KithErrorCode, 1>> = {}; const f = { e: { network: 1, disk: 2 } satisfies Record<KithErrorCode, 1> };';
    expect(errorTables(planted('src/core/retry.ts', both)).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'g', 'e']);
    expect(table(both)).toEqual([]);
  });
  it('knows every code and no other', () => {
    expect(table("const a: Record<KithErrorCode, 1> = { network: 1, 'tape': 1 };")).toEqual([
      'a lacks disk',
      'a: tape?',
    ]);
  });
});
