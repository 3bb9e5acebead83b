/** `kith history ADDRESS`. */
import { KithError } from '../../../base/index.ts';
import { chosenAccount } from '../sight.ts';
import { within, type Act } from './act.ts';
import { plain } from './table.ts';

/** The bridge gives at most this many at a time. */
const pageBound = 500;

export const history: Act = async (acting) => {
  const { given, terminal } = acting;
  const limit = Number(given.flag('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > pageBound)
    throw new KithError('invalid-argument', `--limit is a whole number from 1 to ${pageBound}`);
  return within(acting, false, async (sight) => {
    const account = chosenAccount(await sight.join(), given.flag('account'));
    const address = given.words[0] ?? '';
    const asked = account === undefined ? { address } : { account, address };
    const conversation = await sight.ask('conversation.open', asked);
    const { messages, noArchive } = await sight.ask('history.page', { conversation: conversation.id, limit });
    if (acting.json) terminal.say(JSON.stringify(messages));
    else if (messages.length === 0) terminal.remark(`Nothing was said with ${address} yet.`);
    else
      for (const message of messages) {
        const who = message.direction === 'outgoing' ? 'me' : (message.nick ?? message.from);
        const marks = [message.delivery?.state, message.edit && 'edited'].filter((mark) => mark !== undefined);
        const state = marks.length === 0 ? '' : ` [${marks.join(', ')}]`;
        const lines = message.body.split('\n').map(plain).join('\n    ');
        terminal.say(`${new Date(message.at).toISOString()} ${plain(who)}${state}: ${lines}`);
      }
    if (noArchive === true) terminal.remark('This server keeps no archive: only what this computer heard is here.');
    return 0;
  });
};
