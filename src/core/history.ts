/** What was said before: from the store, and where that ends, from the server's archive. */
import { asKithError, type Instant, KithError, type Log } from '../base/index.ts';
import type { ArchiveFacet, ArchivePage, HistoryPage, HistoryPlace, Store } from '../contracts/index.ts';
import {
  type AccountId,
  type Conversation,
  type ConversationTarget,
  type Message,
  targetAddress,
} from '../domain/index.ts';
import type { AccountConnection } from './account-connection.ts';
import { coreMemory } from './core-memory.ts';

/** Archive pages that brought only what we already had, before it is left at that. */
const fruitless = 5;

export type CompletePage = HistoryPage & { readonly complete: boolean; readonly noArchive?: true };

export interface HistoryDuties {
  readonly store: Store;
  readonly log: Log;
  connection(account: AccountId): AccountConnection | undefined;
  /** Returns what was new. */
  keep(messages: readonly Message[]): Promise<readonly Message[]>;
}

export class History {
  readonly #duties: HistoryDuties;

  constructor(duties: HistoryDuties) {
    this.#duties = duties;
  }

  async page(conversation: Conversation, place: HistoryPlace | undefined, limit: number): Promise<CompletePage> {
    if (!Number.isInteger(limit) || limit < 1)
      throw new KithError('invalid-argument', 'A page holds at least one message');
    const { store, connection } = this.#duties;
    const { account, target } = conversation;
    const read = (): HistoryPage =>
      store.history({ account, target, limit, ...(place === undefined ? {} : { place }) });
    const here = read();
    const backwards = place === undefined || 'before' in place;
    if (!backwards || here.more || here.messages.length >= limit) return this.#page(here, account, target);
    const archive = connection(account)?.facet('archive');
    if (archive === undefined || this.#exhausted(account, target)) return this.#page(here, account, target);
    try {
      const { absent } = await this.#fetch(archive, account, target, limit - here.messages.length);
      if (absent === true) return { ...read(), complete: true, noArchive: true };
    } catch (error) {
      // What is here is shown; only who would see nothing at all is told why.
      if (here.messages.length === 0) throw error;
      this.#duties.log.info('The archive could not be read', { account, code: asKithError(error).code });
    }
    return this.#page(read(), account, target);
  }

  #page(page: HistoryPage, account: AccountId, target: ConversationTarget): CompletePage {
    return { ...page, complete: !page.more && this.#nothingElsewhere(account, target) };
  }

  /** While nobody knows whether there is an archive, there may be one. */
  #nothingElsewhere(account: AccountId, target: ConversationTarget): boolean {
    return this.#duties.connection(account)?.offers('archive') === false || this.#exhausted(account, target);
  }

  /** The last page that was asked for. */
  async #fetch(
    archive: ArchiveFacet,
    account: AccountId,
    target: ConversationTarget,
    limit: number,
  ): Promise<ArchivePage> {
    let oldest = this.#duties.store.oldestArchived(account, target);
    for (let tries = 1; ; tries += 1) {
      const page = await archive.page(target, oldest?.archive, limit);
      const older = above(oldest?.at, page.messages);
      const fresh = await this.#duties.keep(older);
      // A server that has none today may have one tomorrow.
      if (page.complete && page.absent !== true) this.#duties.store.remember(account, exhaustedKey(target), 'yes');
      const [first] = older;
      if (page.complete || fresh.length > 0 || first?.archive === undefined || tries === fruitless) return page;
      oldest = { archive: first.archive, at: first.at };
    }
  }

  #exhausted(account: AccountId, target: ConversationTarget): boolean {
    const wanted = exhaustedKey(target);
    return this.#duties.store.memory(account).some(([key]) => key === wanted);
  }
}

/** Stamps may be as coarse as a second; what was said before another message stands above it. */
function above(at: Instant | undefined, messages: readonly Message[]): readonly Message[] {
  if (at === undefined) return messages;
  return messages.map((message) => (message.at < at ? message : { ...message, at: at - 1 }));
}

/** In the account's memory, so that it goes when the account goes. */
function exhaustedKey(target: ConversationTarget): string {
  return `${coreMemory}archive-exhausted/${target.kind}/${targetAddress(target)}`;
}
