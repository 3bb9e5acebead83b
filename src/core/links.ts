/** Which contacts are one person because someone said so. All others are a person each. */
import type { AccountId, ContactId, ContactKey, PersonId } from '../domain/index.ts';

export interface Link {
  readonly person: PersonId;
  readonly contacts: readonly ContactKey[];
}

export class Links {
  readonly #linked = new Map<AccountId, Map<ContactId, Link>>();

  constructor(links: readonly Link[]) {
    for (const link of links) {
      for (const { account, contact } of link.contacts) {
        const ofAccount = this.#linked.get(account) ?? new Map<ContactId, Link>();
        this.#linked.set(account, ofAccount.set(contact, link));
      }
    }
  }

  /** The same contact always gives the same person, also over restarts. */
  person(key: ContactKey): PersonId {
    return this.#link(key)?.person ?? (`${key.account}/${key.contact}` as PersonId);
  }

  /** All contacts of that person, in the order they were joined. */
  contacts(key: ContactKey): readonly ContactKey[] {
    return this.#link(key)?.contacts ?? [key];
  }

  #link({ account, contact }: ContactKey): Link | undefined {
    return this.#linked.get(account)?.get(contact);
  }
}
