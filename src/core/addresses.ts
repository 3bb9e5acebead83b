/** What a person typed or a link says, as an account and whom or where it leads to. */
import { asKithError, KithError } from '../base/index.ts';
import type { ProtocolLink } from '../contracts/index.ts';
import type { Account, AccountId, ContactId, ConversationTarget, ProtocolId, RoomId } from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Hosts } from './hosts.ts';

export interface FoundAddress {
  readonly account: AccountId;
  readonly target: ConversationTarget;
}

export interface LinkedAddress extends FoundAddress {
  readonly link: ProtocolLink;
}

export class Addresses {
  readonly #accounts: AccountList;
  readonly #hosts: Hosts;
  readonly #listed: (found: FoundAddress) => boolean;

  /** `listed`: among the account's people, or its rooms. */
  constructor(accounts: AccountList, hosts: Hosts, listed: (found: FoundAddress) => boolean) {
    this.#accounts = accounts;
    this.#hosts = hosts;
    this.#listed = listed;
  }

  /** Throws 'not-found' for an account that is not, 'invalid-argument' for an impossible address. */
  normalise(account: AccountId, address: string): ContactId {
    return this.#hosts.face(this.#accounts.get(account).protocol).normalise(address);
  }

  /** As `normalise`, or by a link that leads to them. */
  ofSomebody(account: AccountId, address: string): { contact: ContactId; invitation?: string } {
    const link = this.#hosts.face(this.#accounts.get(account).protocol).parseLink(address);
    if (link === undefined) return { contact: this.normalise(account, address) };
    if (link.action === 'join') throw new KithError('invalid-argument', 'This link leads to a room');
    return link;
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
   * on before those that are not. A room is meant only where it is known as one. Throws 'not-found' when there is no account at
   * all, 'invalid-argument' when none speaks it.
   */
  find(address: string, account?: AccountId): FoundAddress {
    if (account !== undefined) return this.#read(account, address);
    return this.#choose(this.#candidates(), ({ id }) => this.#read(id, address).target);
  }

  /** Throws 'not-supported' when no protocol here knows such links, 'invalid-argument' when one does and it is broken. */
  findLinked(uri: string): LinkedAddress {
    for (const face of this.#hosts.faces) {
      const link = face.parseLink(uri);
      if (link !== undefined) return { link, ...this.#linked(face.manifest.id, link) };
    }
    throw new KithError('not-supported', 'No protocol here knows links of this kind');
  }

  #read(account: AccountId, address: string): FoundAddress {
    const contact = this.normalise(account, address);
    const face = this.#hosts.face(this.#accounts.get(account).protocol);
    const room = face.normaliseRoom === undefined ? undefined : this.normaliseRoom(account, address);
    const place: ConversationTarget | undefined = room === undefined ? undefined : { kind: 'room', room };
    if (place !== undefined && this.#listed({ account, target: place })) return { account, target: place };
    return { account, target: { kind: 'contact', contact } };
  }

  #linked(protocol: ProtocolId, link: ProtocolLink): FoundAddress {
    const speaking = this.#candidates().filter((account) => account.protocol === protocol);
    const via = speaking.filter((account) => account.address === link.via);
    const target: ConversationTarget =
      link.action === 'join' ? { kind: 'room', room: link.room } : { kind: 'contact', contact: link.contact };
    return this.#choose(via.length > 0 ? via : speaking, () => target);
  }

  #candidates(): readonly Account[] {
    return this.#accounts.all().toSorted((a, b) => Number(b.enabled) - Number(a.enabled));
  }

  #choose(candidates: readonly Account[], targetOf: (account: Account) => ConversationTarget): FoundAddress {
    if (candidates.length === 0)
      throw new KithError('not-found', 'There is no account to do this with. Add one first.');
    const speaking: FoundAddress[] = [];
    let why: KithError | undefined;
    for (const candidate of candidates) {
      try {
        speaking.push({ account: candidate.id, target: targetOf(candidate) });
      } catch (error) {
        why ??= asKithError(error);
      }
    }
    const chosen = speaking.find((found) => this.#listed(found)) ?? speaking[0];
    if (chosen === undefined)
      throw why ?? new KithError('invalid-argument', 'None of your accounts knows such addresses');
    return chosen;
  }
}
