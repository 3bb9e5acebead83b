/** What comes from others: under licences that let anyone use Kith freely, from whichever registry the person's npm asks. */
import type { Violation } from '../source.ts';

const permissive = new Set(
  'MIT MIT-0 ISC BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 Unlicense CC0-1.0 BlueOak-1.0.0 Python-2.0 Zlib WTFPL OFL-1.1'.split(
    ' ',
  ),
);

export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
}

export interface Exception {
  readonly licence: string;
  readonly reason: string;
}

/** `installed` answers with what the package itself says, for those the lock file is silent about. */
export function licences(
  packages: Readonly<Record<string, LockedPackage>>,
  exceptions: Readonly<Record<string, Exception>>,
  installed: (path: string) => string | undefined,
): readonly Violation[] {
  return Object.entries(packages).flatMap(([path, locked]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!path.includes('node_modules/')) return [];
    const licence = locked.license ?? installed(path);
    if (licence !== undefined && (isPermissive(licence) || exceptions[name]?.licence === licence)) return [];
    return [{ path: 'package-lock.json', line: 1, text: `${name}: the licence is ${licence ?? 'not said'}` }];
  });
}

/** What a package.json says: a word, or in old packages a list of `{ type }`, of which one may choose. */
export function saidLicence(manifest: Readonly<Record<string, unknown>>): string | undefined {
  const { license, licenses } = manifest;
  if (typeof license === 'string') return license;
  if (!Array.isArray(licenses)) return undefined;
  return licenses.map((one: { type?: string } | string) => (typeof one === 'string' ? one : one.type)).join(' OR ');
}

/** An SPDX expression of plain licences: of an OR one has to be permissive, of an AND each. */
export function isPermissive(expression: string): boolean {
  const plain = expression.replace(/[()]/g, ' ').trim();
  return plain.split(/\s+OR\s+/).some((side) => side.split(/\s+AND\s+/).every((name) => permissive.has(name.trim())));
}

/** A download address in the lock file ties everyone to the registry of whoever wrote it. */
export function registryHosts(packages: Readonly<Record<string, LockedPackage>>): readonly Violation[] {
  return Object.entries(packages).flatMap(([path, { resolved }]) =>
    resolved !== undefined && /^https?:/.test(resolved)
      ? [{ path: 'package-lock.json', line: 1, text: `${path} is tied to ${resolved}` }]
      : [],
  );
}
