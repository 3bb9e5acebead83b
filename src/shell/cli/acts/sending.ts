/** What `kith send` and `kith send-file` share: the place is found, something goes there, and what became of it is told truthfully. */
import { KithError, systemClock } from '../../../base/index.ts';
import type { HouseSnapshot } from '../../../contracts/index.ts';
import type { AccountId, ConversationTarget, Message } from '../../../domain/index.ts';
import { chosenAccount, type Sight } from '../sight.ts';
import { within, type Acting } from './act.ts';
import { type DeliveryWatch, watchDelivery } from './delivery-watch.ts';

export interface Place {
  readonly sight: Sight;
  readonly watch: DeliveryWatch;
  readonly account: AccountId;
  readonly target: ConversationTarget;
}

export interface Thing {
  /** Resolves when it is stored. */
  give(to: Place): Promise<Message>;
  /** What a program is told of it besides its delivery. */
  facts?(message: Message): Readonly<Record<string, unknown>>;
  /** As in: The server has … for romeo@home.example. */
  name(message: Message): string;
}

/** Resolves with 0 when the server has it. */
export const sending = (acting: Acting, thing: Thing): Promise<number> =>
  within(acting, true, async (sight) => {
    const { given, terminal } = acting;
    const [address = ''] = given.words;
    const begun = await sight.join();
    const own = chosenAccount(begun, given.flag('account'));
    const asked = own === undefined ? { address } : { account: own, address };
    const { account, target } = await sight.ask('conversation.open', asked);
    checkPlace(begun, account, target);
    const watch = watchDelivery(sight, begun, terminal);
    try {
      const message = await thing.give({ sight, watch, account, target });
      const { delivery, error } = await watch.settled(message, systemClock);
      if (acting.json) terminal.say(JSON.stringify({ message: message.id, ...thing.facts?.(message), ...delivery }));
      else if (error === undefined) terminal.say(`The server has ${thing.name(message)} for ${address}.`);
      if (error !== undefined) throw error;
      return 0;
    } finally {
      watch[Symbol.dispose]();
    }
  });

/** A room nobody is on the way to would keep it for ever. */
function checkPlace({ connections }: HouseSnapshot, account: AccountId, target: ConversationTarget): void {
  if (target.kind !== 'room') return;
  const room = connections.find((one) => one.account === account)?.rooms.find(({ id }) => id === target.room);
  if (room?.wanted === true) return;
  throw new KithError('not-online', `You are not in ${target.room}; kith join ${target.room} goes there`);
}
