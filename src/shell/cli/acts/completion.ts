/** `kith completion SHELL`. */
import { KithError } from '../../../base/index.ts';
import { completionFor, isCompletionShell } from '../completion/index.ts';
import type { Act } from './act.ts';

export const completion: Act = async ({ given, protocols, terminal }) => {
  const shell = given.words[0] ?? '';
  if (!isCompletionShell(shell))
    throw new KithError('invalid-argument', `There is completion for bash, zsh and fish, not for ‘${shell}’`);
  terminal.say(completionFor(shell, await protocols()));
  return 0;
};
