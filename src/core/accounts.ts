/** What a person does to accounts: add, change, remove, try now, be available or not. */
import { ignore, KithError, type Log, newId } from '../base/index.ts';
import type { AccountDraft, BridgeCalls } from '../contracts/index.ts';
import {
  type Account,
  type AccountId,
  type Availability,
  availablePresence,
  isWanted,
  type StatusReason,
} from '../domain/index.ts';
import type { AccountList } from './account-list.ts';
import type { Connections } from './connections.ts';
import type { Hosts } from './hosts.ts';
import { ownPresence } from './own-presence.ts';
import { checkParameters, checkSecrets } from './parameters.ts';
import type { Passwords } from './passwords.ts';
import type { Questions } from './questions.ts';
import type { Registrations } from './registrations.ts';
import type { SecretSettings } from './secret-settings.ts';

export interface AccountsRooms {
  readonly log: Log;
  readonly accounts: AccountList;
  readonly hosts: Hosts;
  readonly connections: Connections;
  readonly passwords: Passwords;
  readonly secretSettings: SecretSettings;
  readonly questions: Questions;
  readonly registrations: Registrations;
  /** Whatever was under way when Kith last ended, nobody can say any more what became of it. */
  beganAnew(account: AccountId): void;
  /** The account is gone, and with it whatever hung on it. */
  forgotten(account: AccountId): void;
}

export class Accounts {
  readonly #rooms: AccountsRooms;

  constructor(rooms: AccountsRooms) {
    this.#rooms = rooms;
  }

  /** As they were when Kith ended: those that were wanted are connected, after `first` if something goes first. Does not wait for them. */
  start(first?: Promise<void>): void {
    const { accounts, connections, passwords, beganAnew, log } = this.#rooms;
    const refused = (account: Account): boolean => isWanted(account) && passwords.wasRefused(account.id);
    const now = first === undefined ? accounts.all().filter((account) => isWanted(account) && !refused(account)) : [];
    for (const protocol of new Set(now.map((account) => account.protocol))) connections.expect(protocol);
    for (const account of accounts.all()) {
      const { id } = account;
      const connection = connections.add(id);
      beganAnew(id);
      if (refused(account)) connection.explain(refusedLastTime);
      else if (first === undefined) this.#connect(id);
      else {
        connection.promise();
        ignore(
          first.then(() => this.#connect(id)),
          'what goes first has no say in it',
          log,
        );
      }
    }
  }

  async add(draft: AccountDraft): Promise<AccountId> {
    const { accounts, hosts, connections, passwords, secretSettings, registrations } = this.#rooms;
    const face = hosts.face(draft.protocol);
    const { manifest } = face;
    const address = face.normalise(draft.address);
    const parameters = checkParameters(manifest, draft.parameters ?? {});
    checkSecrets(manifest, draft.secrets ?? {});
    if (accounts.byAddress(draft.protocol, address)) {
      throw new KithError('already-exists', `${address} is already one of your accounts`);
    }
    const id = newId<AccountId>();
    const requested = ownPresence(manifest, availablePresence.availability, '');
    const { protocol, name = '' } = draft;
    accounts.save({ id, protocol, address, name, parameters, enabled: true, requested });
    try {
      if (draft.password !== undefined) await passwords.set(id, draft.password);
      await secretSettings.set(id, draft.secrets ?? {});
      if (draft.register === true) await registrations.begin(id, draft.invitation);
    } catch (error) {
      await Promise.allSettled([passwords.remove(id), secretSettings.remove(id, manifest), registrations.remove(id)]);
      accounts.remove(id);
      throw error;
    }
    await connections.add(id).connect();
    return id;
  }

  async set(input: BridgeCalls['account.set']['in']): Promise<void> {
    const { accounts, hosts, connections, passwords, secretSettings, questions } = this.#rooms;
    const before = accounts.get(input.account);
    const { manifest } = hosts.face(before.protocol);
    const parameters = input.parameters && checkParameters(manifest, input.parameters);
    checkSecrets(manifest, input.secrets ?? {});
    const after: Account = {
      ...before,
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.enabled === undefined ? {} : { enabled: input.enabled }),
      ...(parameters === undefined ? {} : { parameters }),
    };
    if (input.password !== undefined) await passwords.set(before.id, input.password);
    await secretSettings.set(before.id, input.secrets ?? {});
    accounts.save(after);
    const connection = connections.get(before.id);
    if (input.password !== undefined) questions.answerAll(before.id, 'password', input.password);
    // Away from its protocol also for a new password: what that remembers of the old one must not come back.
    const anew = parameters !== undefined || input.password !== undefined || input.secrets !== undefined;
    if (anew || !after.enabled) await connection?.close();
    if (input.password !== undefined) await passwords.forgetLearnt(before.id);
    if (anew || (after.enabled && !before.enabled)) await connection?.connect();
  }

  /** The secret first: an account that is gone must not leave its password behind. */
  async remove(id: AccountId): Promise<void> {
    const { accounts, hosts, connections, passwords, secretSettings, registrations, forgotten } = this.#rooms;
    const { protocol } = accounts.get(id);
    await passwords.remove(id);
    if (hosts.knows(protocol)) await secretSettings.remove(id, hosts.face(protocol).manifest);
    await registrations.remove(id);
    await connections.remove(id);
    accounts.remove(id);
    forgotten(id);
  }

  async connectNow(id: AccountId): Promise<void> {
    const { accounts, connections, hosts } = this.#rooms;
    const account = accounts.get(id);
    const connection = connections.get(id);
    if (!account.enabled) throw new KithError('invalid-argument', 'This account is switched off');
    if (account.requested.availability === 'offline') this.#request(account, availablePresence.availability, '');
    if (hosts.hasGivenUp(account.protocol)) hosts.startAgain(account.protocol);
    await connection?.connect();
  }

  /** Kept, then shown. For all accounts those that cannot show it stay as they are; that none can is an error. */
  setPresence(only: AccountId | undefined, availability: Availability, message: string): void {
    const { accounts, connections, log } = this.#rooms;
    const failures: unknown[] = [];
    const asked = only === undefined ? accounts.all() : [accounts.get(only)];
    for (const account of asked) {
      try {
        this.#request(account, availability, message);
      } catch (error) {
        failures.push(error);
        continue;
      }
      const following = connections.get(account.id)?.follow();
      if (following !== undefined) ignore(following, 'The presence could not be shown', log);
    }
    if (failures.length > 0 && failures.length === asked.length) throw failures[0];
  }

  /** Those already here are left as they are. */
  async addAll(drafts: readonly AccountDraft[]): Promise<void> {
    for (const draft of drafts) {
      const address = this.#rooms.hosts.face(draft.protocol).normalise(draft.address);
      if (this.#rooms.accounts.byAddress(draft.protocol, address) === undefined) await this.add(draft);
    }
  }

  #request(account: Account, availability: Availability, message: string): void {
    const { accounts, hosts } = this.#rooms;
    const requested = ownPresence(hosts.face(account.protocol).manifest, availability, message);
    accounts.save({ ...account, requested });
  }

  #connect(id: AccountId): void {
    const connecting = this.#rooms.connections.get(id)?.connect();
    if (connecting !== undefined) ignore(connecting, 'An account could not be connected at the start', this.#rooms.log);
  }
}

const refusedLastTime: StatusReason = {
  code: 'authentication-failed',
  text: 'The server did not accept the password. It is not tried again until another one is given.',
};
