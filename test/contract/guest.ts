/** One account in a contract test: opened on a host, with everything it says recorded, and a person who answers. */
import type { AsyncDisposable } from '../../src/base/index.ts';
import type { HostDuties, Opening, ProtocolHost, RemoteConnection } from '../../src/contracts/index.ts';
import {
  type AccountId,
  availablePresence,
  type ContactId,
  type ConversationTarget,
  newContact,
  type Presence,
} from '../../src/domain/index.ts';
import { Heard } from '../harness/heard.ts';
import type { Ground, Newcomer } from './ground.ts';

type Answer = HostDuties['ask'];

/** A host and the persons before it. */
export class Household implements AsyncDisposable {
  readonly ground: Ground;
  readonly host: ProtocolHost;
  readonly remembered = new Map<AccountId, Map<string, string>>();
  readonly asked: { readonly account: AccountId; readonly kind: string }[] = [];
  readonly #tokens = new Map<AccountId, string>();
  readonly #newcomers = new Map<AccountId, Newcomer>();
  /** How questions are answered; by default rightly. */
  answer: Answer;

  constructor(ground: Ground) {
    this.ground = ground;
    this.answer = rightly(this.#newcomers);
    this.host = ground.host({
      ask: (account, kind, question, signal) => {
        this.asked.push({ account, kind });
        return this.answer(account, kind, question, signal);
      },
      remember: (account, key, value) => {
        const memory = this.remembered.get(account) ?? new Map<string, string>();
        this.remembered.set(account, memory);
        if (value === undefined) memory.delete(key);
        else memory.set(key, value);
      },
      readToken: async (account) => this.#tokens.get(account),
      keepToken: (account, token) => {
        if (token === undefined) this.#tokens.delete(account);
        else this.#tokens.set(account, token);
      },
      opening: (account) => this.opening(account),
    });
  }

  opening(account: AccountId): Opening {
    const opening = this.#newcomers.get(account)!.opening;
    return { ...opening, memory: [...(this.remembered.get(account) ?? [])] };
  }

  /** Nobody answers from now on. `asked` resolves at the first question; `withdrawn` tells whether it was taken back. */
  leaveUnanswered(): { readonly asked: Promise<void>; readonly withdrawn: () => boolean } {
    let withdrawn = false;
    const asked = new Promise<void>((resolve) => {
      this.answer = (_account, _kind, _question, signal) => {
        signal.addEventListener('abort', () => (withdrawn = true));
        resolve();
        return new Promise(() => {});
      };
    });
    return { asked, withdrawn: () => withdrawn };
  }

  async newcomer(name: string): Promise<Guest> {
    return this.take(await this.ground.newcomer(name));
  }

  async take(newcomer: Newcomer, remembered: Opening['remembered'] = []): Promise<Guest> {
    this.#newcomers.set(newcomer.opening.account, newcomer);
    const opening = { ...this.opening(newcomer.opening.account), remembered };
    return new Guest(opening, await this.host.open(opening));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.host[Symbol.asyncDispose]());
  }
}

export class Guest implements AsyncDisposable {
  readonly opening: Opening;
  readonly connection: RemoteConnection;
  readonly heard: Heard;

  constructor(opening: Opening, connection: RemoteConnection) {
    this.opening = opening;
    this.connection = connection;
    this.heard = Heard.from(connection);
  }

  get address(): ContactId {
    return this.opening.address;
  }

  get target(): ConversationTarget {
    return { kind: 'contact', contact: this.address };
  }

  /** Resolves when it is online and its list is known. */
  async arrive(presence: Presence = availablePresence): Promise<void> {
    const after = this.heard.events.length;
    await this.connection.connect(presence);
    await this.heard.until('roster-received', () => true, { after });
  }

  async leave(): Promise<void> {
    await this.connection.disconnect();
  }

  /** What the list says of somebody, now. */
  sees(other: Guest): ReturnType<typeof newContact> {
    return this.connection.living.contacts.get(other.address) ?? newContact(other.address);
  }

  /** Resolves when what the list says of somebody fits. */
  async untilSees(other: Guest, fits: (seen: ReturnType<typeof newContact>) => boolean): Promise<void> {
    if (fits(this.sees(other))) return;
    const looked = () => fits(this.sees(other));
    await Promise.race([
      this.heard.until('contacts-changed', looked, { after: this.heard.events.length }),
      this.heard.until('presences-changed', looked, { after: this.heard.events.length }),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection[Symbol.asyncDispose]();
    this.heard[Symbol.dispose]();
  }
}

/** Both in each other's list, both seeing each other. */
export async function acquaint(one: Guest, other: Guest): Promise<void> {
  for (const [asker, asked] of [
    [one, other],
    [other, one],
  ] as const) {
    await asker.connection.facet('roster')!.request(asked.address, {});
    await asked.untilSees(asker, ({ theySeeUs }) => theySeeUs !== 'no');
    if (asked.sees(asker).theySeeUs === 'asked') await asked.connection.facet('roster')!.authorise(asker.address);
    await asker.untilSees(asked, ({ weSeeThem }) => weSeeThem === 'yes');
  }
}

function rightly(newcomers: ReadonlyMap<AccountId, Newcomer>): Answer {
  return async (account, kind) => (kind === 'certificate' ? 'once' : newcomers.get(account)!.password) as never;
}
