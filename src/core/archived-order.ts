/** When what an archive brings was said: its stamps are often whole seconds, and those of what is here are finer. */
import type { Instant } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import { type AccountId, type ConversationId, conversationId, type Message } from '../domain/index.ts';
import { belowWhatIsThere } from './said-at.ts';

/**
 * What an archive brings after an absence follows what they said before it, and what of ours was in it, and comes in its own order. What
 * we have said meanwhile says nothing of when they spoke.
 */
export class ArchivedOrder {
  readonly #store: Store;
  /** By account and conversation: the instant that nothing the archive still brings is above. */
  readonly #reached = new Map<AccountId, Map<ConversationId, Instant>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** What comes now follows all that this account has heard. */
  newSession(account: AccountId): void {
    this.#reached.delete(account);
  }

  stamped(message: Message): Message {
    const { account, target } = message;
    const reached = this.#reached.get(account) ?? new Map<ConversationId, Instant>();
    this.#reached.set(account, reached);
    const id = conversationId(account, target);
    const floor = reached.get(id) ?? this.#store.lastHeard(account, target);
    const known = message.direction === 'outgoing' ? this.#store.message(message.id)?.at : undefined;
    const at = known ?? belowWhatIsThere(message.at, floor);
    reached.set(id, Math.max(at, floor ?? at));
    return at === message.at ? message : { ...message, at };
  }
}
