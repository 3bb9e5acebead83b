/** `kith send ADDRESS TEXT` and `kith correct ADDRESS TEXT`: both resolve when the server has it, and say truthfully when that is not known. */
import { KithError } from '../../../base/index.ts';
import { checkLength, conversationId } from '../../../domain/index.ts';
import type { Act, Acting } from './act.ts';
import { sending } from './sending.ts';

/** As many of the newest messages are looked through for one of ours. */
const lookedThrough = 100;

export const send: Act = async (acting) => {
  const body = await wordsOf(acting);
  return sending(acting, {
    give: ({ sight, account, target }) => sight.ask('message.send', { account, target, body }),
    name: () => 'the message',
  });
};

export const correct: Act = async (acting) => {
  const body = await wordsOf(acting);
  return sending(acting, {
    async give({ sight, account, target }) {
      const conversation = conversationId(account, target);
      const { messages } = await sight.ask('history.page', { conversation, limit: lookedThrough });
      const last = messages.findLast(({ direction }) => direction === 'outgoing');
      if (last === undefined) throw new KithError('not-found', 'You have said nothing there lately');
      return sight.ask('message.correct', { message: last.id, body });
    },
    name: () => 'the correction',
  });
};

async function wordsOf({ given, terminal }: Acting): Promise<string> {
  const [, ...words] = given.words;
  const piped = words.length === 1 && words[0] === '-';
  const body = piped ? (await terminal.readAll()).replace(/\n$/, '') : words.join(' ');
  if (body.trim() === '') throw new KithError('invalid-argument', 'There is nothing to send');
  checkLength(body);
  return body;
}
