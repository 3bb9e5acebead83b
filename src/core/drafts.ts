/** What is written and not sent, one text for each conversation: every window shows it, and the profile keeps it. */
import type { Store } from '../contracts/index.ts';
import { type AccountId, type ConversationId, conversationId, type ConversationTarget } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';
import type { Conversations } from './conversations.ts';
import type { Trouble } from './trouble.ts';

interface Kept {
  readonly account: AccountId;
  readonly target: ConversationTarget;
  readonly text: string;
}

export class Drafts {
  readonly #store: Store;
  readonly #conversations: Conversations;
  readonly #announcer: Announcer;
  readonly #trouble: Trouble;
  /** Those that were emptied and not yet struck out on disk too. */
  readonly #drafts = new Map<ConversationId, Kept>();
  readonly #unwritten = new Set<ConversationId>();

  constructor(store: Store, conversations: Conversations, announcer: Announcer, trouble: Trouble) {
    this.#store = store;
    this.#conversations = conversations;
    this.#announcer = announcer;
    this.#trouble = trouble;
    for (const { account, target, text } of store.drafts())
      this.#drafts.set(conversationId(account, target), { account, target, text });
  }

  /** Whoever was written to is someone, also when nothing was sent yet. */
  start(): void {
    for (const { account, target } of this.#drafts.values()) this.#conversations.open(account, target);
  }

  all(): readonly (readonly [ConversationId, string])[] {
    return [...this.#drafts].flatMap(([id, { text }]) => (text === '' ? [] : [[id, text] as const]));
  }

  /** Empty is none. What the disk refuses is kept as long as Kith runs, and written when the disk takes it. */
  set(account: AccountId, target: ConversationTarget, text: string): void {
    const id = conversationId(account, target);
    if ((this.#drafts.get(id)?.text ?? '') === text) return;
    this.#drafts.set(id, { account, target, text });
    if (text !== '') this.#conversations.open(account, target);
    this.#write(id);
    this.#announcer.say({ type: 'draft-changed', conversation: id, draft: text });
  }

  recovered(): void {
    for (const id of this.#unwritten) this.#write(id);
  }

  forget(account: AccountId): void {
    for (const [id, kept] of this.#drafts) {
      if (kept.account !== account) continue;
      this.#drafts.delete(id);
      this.#unwritten.delete(id);
      this.#announcer.say({ type: 'draft-changed', conversation: id, draft: '' });
    }
  }

  #write(id: ConversationId): void {
    const kept = this.#drafts.get(id);
    if (kept === undefined) return;
    try {
      this.#store.saveDraft(kept.account, kept.target, kept.text);
      this.#unwritten.delete(id);
      if (kept.text === '') this.#drafts.delete(id);
    } catch (error) {
      this.#unwritten.add(id);
      this.#trouble.raise(error);
    }
  }
}
