/** `kith send ADDRESS TEXT`: resolves when the server has it, and says truthfully when that is not known. */
import { KithError } from '../../../base/index.ts';
import { checkLength } from '../../../domain/index.ts';
import type { Act } from './act.ts';
import { sending } from './sending.ts';

export const send: Act = async (acting) => {
  const [, ...words] = acting.given.words;
  const piped = words.length === 1 && words[0] === '-';
  const body = piped ? (await acting.terminal.readAll()).replace(/\n$/, '') : words.join(' ');
  if (body.trim() === '') throw new KithError('invalid-argument', 'There is nothing to send');
  checkLength(body);
  return sending(acting, {
    give: ({ sight, account, target }) => sight.ask('message.send', { account, target, body }),
    name: () => 'the message',
  });
};
