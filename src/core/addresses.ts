/** What a person typed or a link says, as an account and a contact. */
import { asKithError, KithError } from '../base/index.ts';
import type { ProtocolLink } from '../contracts/index.ts';
import type { Account, AccountId, ContactId, ContactKey, ProtocolId, RoomId } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Hosts } from './hosts.ts';

export interface LinkedAddress {
  readonly link: ProtocolLink;
  readonly key: ContactKey;
}

export class Addresses {
  readonly #accounts: AccountList;
  readonly #hosts: Hosts;
  readonly #listed: (key: ContactKey) => boolean;

  constructor(accounts: AccountList, hosts: Hosts, listed: (key: ContactKey) => boolean) {
    this.#accounts = accounts;
    this.#hosts = hosts;
    this.#listed = listed;
  }

  /** Throws 'not-found' for an account that is not, 'invalid-argument' for an impossible address. */
  normalise(account: AccountId, address: string): ContactId {
    return this.#hosts.face(this.#accounts.get(account).protocol).normalise(address);
  }

  /** As `normalise`, for a room's. Throws 'not-supported' where a network has no rooms. */
  normaliseRoom(account: AccountId, address: string): RoomId {
    const face = this.#hosts.face(this.#accounts.get(account).protocol);
    const room = face.normaliseRoom?.(address);
    if (room === undefined) throw new KithError('not-supported', `${face.manifest.displayName} has no rooms`);
    return room;
  }

  /**
   * Without an account: the one that has them in its list, else the first that speaks such addresses; accounts that are switched
   * on before those that are not. Throws 'not-found' when there is no account at all, 'invalid-argument' when none speaks it.
   */
  find(address: string, account?: AccountId): ContactKey {
    if (account !== undefined) return { account, contact: this.normalise(account, address) };
    return this.#choose(this.#candidates(), (candidate) => this.normalise(candidate.id, address));
  }

  /** Throws 'not-supported' when no protocol here knows such links, 'invalid-argument' when one does and it is broken. */
  findLinked(uri: string): LinkedAddress {
    for (const face of this.#hosts.faces) {
      const link = face.parseLink(uri);
      if (link !== undefined) return { link, key: this.#linked(face.manifest.id, link) };
    }
    throw new KithError('not-supported', 'No protocol here knows links of this kind');
  }

  #linked(protocol: ProtocolId, link: ProtocolLink): ContactKey {
    const speaking = this.#candidates().filter((account) => account.protocol === protocol);
    const via = speaking.filter((account) => account.address === link.via);
    return this.#choose(via.length > 0 ? via : speaking, () => link.contact);
  }

  #candidates(): readonly Account[] {
    return this.#accounts.all().toSorted((a, b) => Number(b.enabled) - Number(a.enabled));
  }

  #choose(candidates: readonly Account[], contactOf: (account: Account) => ContactId): ContactKey {
    if (candidates.length === 0)
      throw new KithError('not-found', 'There is no account to do this with. Add one first.');
    const speaking: ContactKey[] = [];
    let why: KithError | undefined;
    for (const candidate of candidates) {
      try {
        speaking.push({ account: candidate.id, contact: contactOf(candidate) });
      } catch (error) {
        why ??= asKithError(error);
      }
    }
    const chosen = speaking.find(this.#listed) ?? speaking[0];
    if (chosen === undefined)
      throw why ?? new KithError('invalid-argument', 'None of your accounts knows such addresses');
    return chosen;
  }
}
