/** The shortcuts, and what stands for them in a message. */
const expansions: Readonly<Record<string, string>> = {
  shrug: '¯\\_(ツ)_/¯',
  tableflip: '(╯°□°)╯︵ ┻━┻',
  unflip: '┬─┬ノ( º _ ºノ)',
};

/**
 * A known shortcut at the very beginning becomes its picture, after the words that follow it: '/shrug who knows' reads
 * 'who knows ¯\_(ツ)_/¯'. Everything else stays as it was written, also a slash that means something to someone else.
 */
export function expand(body: string): string {
  const [, word = '', rest = ''] = /^\/([a-z]+)(?:\s+(.*))?$/su.exec(body) ?? [];
  if (!Object.hasOwn(expansions, word)) return body;
  const picture = expansions[word] ?? body;
  const words = rest.trim();
  return words === '' ? picture : `${words} ${picture}`;
}
