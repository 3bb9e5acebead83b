/** One line that says what is going on: rewritten in place on a terminal, written when a step ends elsewhere. */
const terminal = process.stdout.isTTY === true;

/** Shows `text` until something else is shown. Says nothing where lines cannot be rewritten. */
export function showProgress(text) {
  if (terminal) process.stdout.write(`\r\u001b[K${text.slice(0, process.stdout.columns - 1)}`);
}

/** Writes a line that stays. */
export function say(text) {
  process.stdout.write(`${terminal ? '\r\u001b[K' : ''}${text}\n`);
}
