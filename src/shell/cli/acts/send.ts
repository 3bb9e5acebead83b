/** `kith send ADDRESS TEXT`: resolves when the server has it, and says truthfully when that is not known. */
import { assertNever, KithError, systemClock, type Clock, type KithErrorCode } from '../../../base/index.ts';
import type { HouseChange, HouseSnapshot } from '../../../contracts/index.ts';
import type { Delivery, Message } from '../../../domain/index.ts';
import { chosenAccount, type Sight } from '../sight.ts';
import { within, type Act } from './act.ts';

/** How long the server may take, in milliseconds. */
const patience = 30_000;

export const send: Act = async (acting) => {
  const { given, terminal } = acting;
  const [address = '', ...words] = given.words;
  const body = words.length === 1 && words[0] === '-' ? (await terminal.readAll()).replace(/\n$/, '') : words.join(' ');
  if (body.trim() === '') throw new KithError('invalid-argument', 'There is nothing to send');
  return within(acting, true, async (sight) => {
    const snapshot = await sight.join();
    const account = chosenAccount(snapshot, given.flag('account'));
    const conversation = await sight.ask(
      'conversation.open',
      account === undefined ? { address } : { account, address },
    );
    const watch = watchDelivery(sight, snapshot);
    try {
      const message = await sight.ask('message.send', {
        account: conversation.account,
        target: conversation.target,
        body,
      });
      const outcome = await watch.settled(message, systemClock);
      if (acting.json) terminal.say(JSON.stringify({ message: message.id, ...outcome.delivery }));
      else if (outcome.error === undefined) terminal.say(`${address} will get it: the server has the message.`);
      if (outcome.error !== undefined) throw outcome.error;
      return 0;
    } finally {
      watch.end();
    }
  });
};

interface Outcome {
  readonly delivery: Delivery;
  readonly error?: KithError;
}

/** Listens from before the message exists, so that no word about it is missed. */
function watchDelivery(sight: Sight, snapshot: HouseSnapshot) {
  const deliveries = new Map<string, Delivery>();
  const hopeless = new Map<string, { code: KithErrorCode; text: string }>();
  let wake = (): void => {};
  const planned = new Set(snapshot.retries.filter(({ at }) => at !== undefined).map(({ account }) => account));
  const hear = ({ events }: HouseChange): void => {
    for (const event of events) {
      if (event.type === 'messages-changed')
        for (const { id, delivery } of event.changed) if (delivery !== undefined) deliveries.set(id, delivery);
      if (event.type === 'retry-planned') {
        if (event.retry.at === undefined) planned.delete(event.retry.account);
        else planned.add(event.retry.account);
      }
      if (event.type === 'connection-changed' && event.event.type === 'status-changed') {
        const { status, reason } = event.event;
        if (status === 'offline' && reason !== undefined && reason.code !== 'requested')
          hopeless.set(event.account, { code: reason.code, text: reason.text });
        else hopeless.delete(event.account);
      }
    }
    wake();
  };
  const heard = sight.onDidHear(hear);
  const settled = async (message: Message, clock: Clock): Promise<Outcome> => {
    let late = false;
    const bound = clock.after(patience, () => {
      late = true;
      wake();
    });
    try {
      for (;;) {
        const delivery = deliveries.get(message.id) ?? message.delivery ?? { state: 'queued', at: message.at };
        const why = planned.has(message.account) ? undefined : hopeless.get(message.account);
        const outcome = outcomeOf(delivery, why, late, sight.running);
        if (outcome !== undefined) return outcome;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      bound[Symbol.dispose]();
    }
  };
  return { settled, end: () => heard[Symbol.dispose]() };
}

/** Undefined while there is something to wait for. `why` is set when the account is offline and nothing is planned to change that. */
function outcomeOf(
  delivery: Delivery,
  why: { readonly code: KithErrorCode; readonly text: string } | undefined,
  late: boolean,
  running: boolean,
): Outcome | undefined {
  const failed = (code: KithErrorCode, text: string): Outcome => ({ delivery, error: new KithError(code, text) });
  switch (delivery.state) {
    case 'sent':
    case 'delivered':
    case 'read':
      return { delivery };
    case 'failed':
      return failed(delivery.reason ?? 'server-refused', delivery.text ?? 'The message was refused');
    case 'unconfirmed':
      return failed('not-confirmed', 'The message was written, and nobody can say whether it arrived');
    case 'sending':
      return late ? failed('not-confirmed', 'The server did not confirm the message in time') : undefined;
    case 'queued': {
      const stays = running
        ? 'It stays queued and goes out when the account is online.'
        : 'It stays queued and goes out when Kith next starts.';
      if (why !== undefined) return failed(why.code, `${why.text}. ${stays}`);
      return late ? failed('timeout', `Not sent in time. ${stays}`) : undefined;
    }
    default:
      return assertNever(delivery.state);
  }
}
