/** When a message was said, where clocks are coarse or a little apart: an order that people saw is never turned round. */
import type { Instant } from '../base/index.ts';
import { type ConversationId, conversationId, type Message } from '../domain/index.ts';

/** Clocks of servers run ahead of ours by this much at most, in milliseconds; what is further ahead is not a clock. */
const skew = 5 * 60_000;
const second = 1_000;
/** What we stamp ourselves, on seeing it, may be so much later than the server had it, in milliseconds. */
const lag = 10_000;

/** An answer stands below what it answers, also when the server's clock is a little ahead of ours. */
export function afterTheLast(now: Instant, last: Instant | undefined): Instant {
  return last !== undefined && last > now && last - now <= skew ? last : now;
}

/**
 * Servers stamp what waited for us when they got it, in whole seconds (XEP-0203 allows it); what came before is stamped by us, when we
 * saw it. Where the two overlap by no more than that explains, a message stands below what is already there. `lastSaid` is when the
 * last message of its conversation was said.
 */
export function inArrivalOrder(
  messages: readonly Message[],
  lastSaid: (message: Message) => Instant | undefined,
): readonly Message[] {
  const last = new Map<ConversationId, Instant | undefined>();
  return messages.map((message) => {
    if (isArchived(message)) return message;
    const id = conversationId(message.account, message.target);
    const before = last.has(id) ? last.get(id) : lastSaid(message);
    const at = belowWhatIsThere(message.at, before);
    last.set(id, before === undefined ? at : Math.max(before, at));
    return at === message.at ? message : { ...message, at };
  });
}

/** An archive brought it, in an order of its own. */
export const isArchived = ({ archive, caughtUp }: Message): boolean => archive !== undefined && caughtUp === true;

/** Unless the stamp is finer than a second, or older than lag and clocks explain. */
export function belowWhatIsThere(at: Instant, last: Instant | undefined): Instant {
  return last !== undefined && at % second === 0 && last > at && last - at < lag ? last : at;
}
