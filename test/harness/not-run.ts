/**
 * True when there is a reason why not, which is then said in a line that `npm test` repeats beneath its table (scripts/lib/suite-run.mjs).
 * What is skipped without such a line counts as failed.
 */
export function notRun(what: string, why: string | undefined): boolean {
  if (why !== undefined) process.stderr.write(`Not run: ${what}: ${why}\n`);
  return why !== undefined;
}
