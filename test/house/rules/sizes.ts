/** How long a file may be. Beyond the limit it has a second noun that wants a file of its own. */
import { isTest, type SourceFile, type Violation } from '../source.ts';

/** Lines. */
export const limit = 400;

const measured = /^(src|renderer|protocols|plugins|scripts|bench|bin)\/.*\.(ts|tsx|cts|mts|mjs|css)$/;
/** What is data rather than prose may be as long as its subject. */
const exempt = /(^|\/)(fixtures|tables)\/|[-./](table|tables|tokens)\.(ts|css)$/;

export const isMeasured = (path: string): boolean => measured.test(path) && !isTest(path) && !exempt.test(path);

export const linesOf = (file: SourceFile): number => file.text.replace(/\n$/, '').split('\n').length;

export function sizes(file: SourceFile): readonly Violation[] {
  const lines = linesOf(file);
  if (!isMeasured(file.path) || lines <= limit) return [];
  return [{ path: file.path, line: limit, text: `${lines} lines; the limit is ${limit}` }];
}

/** The median and the 90th percentile of all measured files, in lines. */
export function sizesOfAll(files: readonly SourceFile[]): { readonly median: number; readonly most: number } {
  const all = files.filter(({ path }) => isMeasured(path)).map(linesOf);
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { median: at(0.5), most: at(0.9) };
}
