/** A file that exists only in a test of a rule, and what a rule says about it. */
import type { Rule, SourceFile } from '../source.ts';

export const planted = (path: string, text: string): SourceFile => ({ path, text });

/** The lines a rule objects to. */
export const linesHit = (rule: Rule, path: string, text: string): readonly number[] =>
  rule(planted(path, text)).map(({ line }) => line);

/** What a rule says, each on a line. */
export const saidOf = (rule: Rule, path: string, text: string): string =>
  rule(planted(path, text))
    .map((violation) => violation.text)
    .join('\n');
