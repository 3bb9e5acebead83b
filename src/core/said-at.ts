/** When a message was said, where clocks are coarse or a little apart: an order that people saw is never turned round. */
import type { Instant } from '../base/index.ts';
import { type ConversationId, conversationId, type Message } from '../domain/index.ts';

/** Clocks of servers run ahead of ours by this much at most, in milliseconds; what is further ahead is not a clock. */
const skew = 5 * 60_000;
const second = 1_000;

/** An answer stands below what it answers, also when the server's clock is a little ahead of ours. */
export function afterTheLast(now: Instant, last: Instant | undefined): Instant {
  return last !== undefined && last > now && last - now <= skew ? last : now;
}

/**
 * Servers stamp what waited for us in whole seconds (XEP-0203 allows it), which may be any moment of that second: such a message
 * stands below what the same second already brought. `lastSaid` is when the last message of its conversation was said.
 */
export function inArrivalOrder(
  messages: readonly Message[],
  lastSaid: (message: Message) => Instant | undefined,
): readonly Message[] {
  const last = new Map<ConversationId, Instant | undefined>();
  return messages.map((message) => {
    const id = conversationId(message.account, message.target);
    const before = last.has(id) ? last.get(id) : lastSaid(message);
    const at = withinItsSecond(message.at, before);
    last.set(id, before === undefined ? at : Math.max(before, at));
    return at === message.at ? message : { ...message, at };
  });
}

function withinItsSecond(at: Instant, last: Instant | undefined): Instant {
  return last !== undefined && at % second === 0 && last > at && last - at < second ? last : at;
}
