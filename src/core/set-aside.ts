/** Requests the person has put off. The other side is not told; they are kept until they are answered or withdrawn. */
import { KithError } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';
import type { AccountId, Contact, ContactId, ContactKey } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';
import { coreMemory } from './core-memory.ts';

/** In the account's memory, so that it goes when the account goes. */
const kept = `${coreMemory}set-aside/`;

export class SetAside {
  readonly #store: Store;
  readonly #announcer: Announcer;
  readonly #contact: (key: ContactKey) => Contact | undefined;
  readonly #requests = new Map<AccountId, Set<ContactId>>();

  constructor(store: Store, announcer: Announcer, contact: (key: ContactKey) => Contact | undefined) {
    this.#store = store;
    this.#announcer = announcer;
    this.#contact = contact;
    for (const { id } of store.accounts()) {
      const keys = store.memory(id).flatMap(([key]) => (key.startsWith(kept) ? key.slice(kept.length) : []));
      if (keys.length > 0) this.#requests.set(id, new Set(keys as ContactId[]));
    }
  }

  all(): readonly ContactKey[] {
    return [...this.#requests].flatMap(([account, contacts]) => [...contacts].map((contact) => ({ account, contact })));
  }

  /** Throws 'not-found' when they ask nothing. */
  set({ account, contact }: ContactKey, aside: boolean): void {
    if (aside && this.#contact({ account, contact })?.theySeeUs !== 'asked') {
      throw new KithError('not-found', 'This request is no longer there');
    }
    if (aside) this.#put(account, contact);
    else this.#take(account, contact);
    this.#say();
  }

  /** What is answered or withdrawn is no longer put off: should they ask anew, that is another request. */
  contactsChanged(account: AccountId, changed: readonly Contact[], removed: readonly ContactId[]): void {
    const aside = this.#requests.get(account);
    if (aside === undefined) return;
    const over = changed.filter(({ theySeeUs }) => theySeeUs !== 'asked').map(({ id }) => id);
    const mine = [...over, ...removed].filter((contact) => aside.has(contact));
    if (mine.length === 0) return;
    for (const contact of mine) this.#take(account, contact);
    this.#say();
  }

  forget(account: AccountId): void {
    if (this.#requests.delete(account)) this.#say();
  }

  #put(account: AccountId, contact: ContactId): void {
    this.#store.remember(account, `${kept}${contact}`, 'yes');
    this.#requests.set(account, (this.#requests.get(account) ?? new Set()).add(contact));
  }

  #take(account: AccountId, contact: ContactId): void {
    this.#store.remember(account, `${kept}${contact}`, undefined);
    const left = this.#requests.get(account);
    left?.delete(contact);
    if (left?.size === 0) this.#requests.delete(account);
  }

  #say(): void {
    this.#announcer.say({ type: 'set-aside-changed', setAside: this.all() });
  }
}
