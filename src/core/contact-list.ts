/** What a person does to their list of contacts; the protocol does it, and its facts say what came of it. */
import { KithError } from '../base/index.ts';
import type { BridgeCalls, RosterFacet } from '../contracts/index.ts';
import type { AccountId, ContactId } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Addresses } from './addresses.ts';
import type { Connections } from './connections.ts';

export class ContactList {
  readonly #accounts: AccountList;
  readonly #addresses: Addresses;
  readonly #connections: Connections;

  constructor(accounts: AccountList, addresses: Addresses, connections: Connections) {
    this.#accounts = accounts;
    this.#addresses = addresses;
    this.#connections = connections;
  }

  async request({ account, address, ...asked }: BridgeCalls['contact.request']['in']): Promise<ContactId> {
    const { contact, invitation } = this.#addresses.ofSomebody(account, address);
    if (contact === this.#accounts.get(account).address) {
      throw new KithError('invalid-argument', 'This is your own address');
    }
    await this.of(account).request(contact, { ...asked, ...(invitation === undefined ? {} : { invitation }) });
    return contact;
  }

  /** Throws 'not-found', 'not-online', or 'not-supported' where a network has no such list. */
  of(id: AccountId): RosterFacet {
    return this.#connections.lent(id, 'roster', 'keeps no list of contacts');
  }
}
