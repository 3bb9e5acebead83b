/** The end of the present turn of the event loop. Not a rule of time, so it does not stand on the clock. */
declare function setImmediate(run: () => void): unknown;

/** Runs once, after everything this turn of Node's event loop still does. */
export function afterThisTurn(run: () => void): void {
  setImmediate(run);
}
