import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { throwAwayFolder } from './throw-away.ts';

/** Above the largest pid Linux gives. */
const nobody = 4_194_305;
let under = '';

beforeEach(() => {
  under = mkdtempSync(join(tmpdir(), 'kith-throw-away-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(under, { recursive: true, force: true });
});

const leftover = (name = 'old'): string => {
  const path = join(under, `kith-demo-${nobody}-${name}`);
  mkdirSync(path, { mode: 0o700 });
  return path;
};

describe('a folder to throw away', () => {
  it('takes along those of processes that died', () => {
    const old = leftover();
    const folder = throwAwayFolder(under);
    expect(existsSync(old)).toBe(false);
    folder[Symbol.dispose]();
    expect(existsSync(folder.path)).toBe(false);
  });

  it('leaves alone what belongs to somebody else', () => {
    const theirs = leftover();
    const own = process.getuid?.() ?? 0;
    vi.spyOn(process, 'getuid').mockReturnValue(own + 1);
    throwAwayFolder(under)[Symbol.dispose]();
    expect(existsSync(theirs)).toBe(true);
  });

  it('leaves alone what is no folder', () => {
    const file = join(under, `kith-demo-${nobody}-file`);
    const link = join(under, `kith-demo-${nobody}-link`);
    writeFileSync(file, '');
    symlinkSync(under, link);
    throwAwayFolder(under)[Symbol.dispose]();
    expect([existsSync(file), existsSync(link)]).toEqual([true, true]);
  });
});
