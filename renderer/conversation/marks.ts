/** Which of our messages bear a delivery mark: the last of its state, unless a later one got further. A failed one always. */
import type { DeliveryState, Message, MessageId } from '../../src/domain/index.ts';

const reached: Record<DeliveryState, number> = {
  queued: 0,
  sending: 1,
  unconfirmed: 0,
  failed: 0,
  sent: 2,
  delivered: 3,
  read: 4,
};

export function markedMessages(messages: readonly Message[]): ReadonlySet<MessageId> {
  const marked = new Set<MessageId>();
  const done = new Set<DeliveryState>();
  let furthest = -1;
  for (const { id, direction, delivery } of messages.toReversed()) {
    if (direction !== 'outgoing' || delivery === undefined) continue;
    const { state } = delivery;
    if (state === 'failed' || state === 'unconfirmed') marked.add(id);
    else if (!done.has(state) && (reached[state] > furthest || reached[state] < 2)) {
      marked.add(id);
      done.add(state);
    }
    furthest = Math.max(furthest, reached[state]);
  }
  return marked;
}
