/** `kith send ADDRESS TEXT`: resolves when the server has it, and says truthfully when that is not known. */
import { KithError, systemClock } from '../../../base/index.ts';
import type { HouseSnapshot } from '../../../contracts/index.ts';
import { type AccountId, checkLength, type ConversationTarget } from '../../../domain/index.ts';
import { chosenAccount } from '../sight.ts';
import { within, type Act } from './act.ts';
import { watchDelivery } from './delivery-watch.ts';

export const send: Act = async (acting) => {
  const { given, terminal } = acting;
  const [address = '', ...words] = given.words;
  const piped = words.length === 1 && words[0] === '-';
  const body = piped ? (await terminal.readAll()).replace(/\n$/, '') : words.join(' ');
  if (body.trim() === '') throw new KithError('invalid-argument', 'There is nothing to send');
  checkLength(body);
  return within(acting, true, async (sight) => {
    const begun = await sight.join();
    const own = chosenAccount(begun, given.flag('account'));
    const asked = own === undefined ? { address } : { account: own, address };
    const { account, target } = await sight.ask('conversation.open', asked);
    checkPlace(begun, account, target);
    const watch = watchDelivery(sight, begun, terminal);
    try {
      const message = await sight.ask('message.send', { account, target, body });
      const { delivery, error } = await watch.settled(message, systemClock);
      if (acting.json) terminal.say(JSON.stringify({ message: message.id, ...delivery }));
      else if (error === undefined) terminal.say(`The server has the message for ${address}.`);
      if (error !== undefined) throw error;
      return 0;
    } finally {
      watch[Symbol.dispose]();
    }
  });
};

/** A room nobody is on the way to would keep the words for ever. */
function checkPlace({ connections }: HouseSnapshot, account: AccountId, target: ConversationTarget): void {
  if (target.kind !== 'room') return;
  const room = connections.find((one) => one.account === account)?.rooms.find(({ id }) => id === target.room);
  if (room?.wanted === true) return;
  throw new KithError('not-online', `You are not in ${target.room}; kith join ${target.room} goes there`);
}
