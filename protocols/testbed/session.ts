/** One account on the network: comes home, hears, acknowledges what is stored, leaves. */
import { asKithError, KithError } from '../../src/base/index.ts';
import type { ProtocolConnection, Seat } from '../../src/contracts/index.ts';
import {
  type Aborting,
  type ConnectionStatus,
  type ContactId,
  type Presence,
  type Room,
  type StatusReason,
} from '../../src/domain/index.ts';
import { contactSeen, facetsOf } from './facets.ts';
import type { Network } from './network/network.ts';
import type { Ear, Letter } from './network/resident.ts';
import { Pace } from './pace.ts';
import { Places } from './places.ts';
import { messageOf } from './said.ts';
import { largestTaken, Transfers } from './transfers.ts';

/** Told when an account with a town comes home and leaves. */
export interface Townsfolk {
  /** Returns what was said before, oldest first; on a second visit nothing, for it was told on the first. */
  welcome(address: ContactId, visits: number): readonly Letter[];
  farewell(address: ContactId): void;
  /** The rooms that an account finds in its list on its first visit. */
  rooms(address: ContactId, visits: number): readonly Room[];
}

/** In an account's memory: how often it came to the town. */
const visitsToTown = 'town-visits';

export class Session implements ProtocolConnection {
  readonly facets: ReturnType<typeof facetsOf>;
  readonly #seat: Seat;
  readonly #network: Network;
  readonly #town: Townsfolk | undefined;
  readonly #pace: Pace;
  readonly #places: Places;
  readonly #transfers: Transfers;
  #status: ConnectionStatus = 'offline';
  #attempt: AbortController | undefined;
  #ear: Ear | undefined;
  #passwordRefused = false;
  /** Letters said but not yet on disk, with the revision they were said under. */
  #unstored: { readonly revision: number; readonly letter: Letter }[] = [];

  constructor(seat: Seat, network: Network, town: Townsfolk) {
    this.#seat = seat;
    this.#network = network;
    this.#town = seat.parameters['town'] === true ? town : undefined;
    this.#pace = new Pace(network.clock);
    this.#places = new Places(seat, network);
    this.#transfers = new Transfers((event) => seat.emit(event), network);
    this.facets = facetsOf({
      network,
      reader: seat,
      pace: this.#pace,
      places: this.#places,
      transfers: this.#transfers,
      atHome: () => {
        if (this.#ear === undefined) throw new KithError('not-online', 'This account is not connected');
      },
      setOwn: (presence) => this.#setOwn(presence),
    });
  }

  async connect(presence: Presence, signal: Aborting): Promise<void> {
    if (this.#ear) return this.#setOwn(presence);
    this.#attempt?.abort();
    const attempt = new AbortController();
    this.#attempt = attempt;
    const giveUp = () => attempt.abort();
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) attempt.abort();
    this.#become('connecting');
    void this.#tryToArrive(presence, attempt.signal).finally(() => signal.removeEventListener('abort', giveUp));
  }

  async disconnect(): Promise<void> {
    this.#leave({ code: 'requested', text: 'Disconnected' });
  }

  stored(revision: number): void {
    const done = this.#unstored.filter((held) => held.revision <= revision);
    this.#unstored = this.#unstored.filter((held) => held.revision > revision);
    for (const { letter } of done) this.#network.advance(letter, 'delivered');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leave({ code: 'requested', text: 'Closed' });
    this.#transfers[Symbol.dispose]();
    this.#pace[Symbol.dispose]();
  }

  async #tryToArrive(presence: Presence, signal: AbortSignal): Promise<void> {
    try {
      await this.#pace.keep();
      if (this.#seat.parameters['require-password'] === true) await this.#prove(signal);
      if (!signal.aborted) this.#arrive(presence);
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = asKithError(error);
      this.#leave({ code, text: message });
    } finally {
      // Aborted by the asker: disconnecting and a newer attempt have said their own word already.
      if (signal.aborted && this.#attempt?.signal === signal) this.#leave({ code: 'cancelled', text: 'Given up' });
    }
  }

  async #prove(signal: AbortSignal): Promise<void> {
    const password = await this.#seat.ask('password', { why: this.#passwordRefused ? 'refused' : 'needed' }, signal);
    this.#passwordRefused = password === 'wrong';
    if (this.#passwordRefused) throw new KithError('authentication-failed', 'This is not the password');
  }

  #arrive(presence: Presence): void {
    const { address } = this.#seat;
    const resident = this.#network.resident(address);
    resident.recall(this.#seat.remembered);
    const visits = Number(this.#seat.memory.get(visitsToTown) ?? 0);
    const told = this.#town?.welcome(address, visits) ?? [];
    const ear = this.#listen();
    this.#ear = ear;
    this.#become('online');
    this.#network.arrive(address, presence, ear);
    this.#seat.emit({ type: 'self-changed', contact: address, presence });
    const gone = this.#seat.remembered.map(({ id }) => id).filter((id) => !resident.list.has(id));
    const changed = [...resident.list.keys()].map((of) => contactSeen(this.#network, address, of));
    this.#seat.emit({ type: 'contacts-changed', changed, removed: gone });
    this.#seat.emit({ type: 'roster-received' });
    this.#seat.emit({ type: 'files-offered', offer: { takes: true, largest: largestTaken } });
    if (told.length > 0) {
      const messages = told.map((letter) => ({ ...messageOf(letter, this.#seat), caughtUp: true }));
      this.#seat.emit({ type: 'messages-received', messages });
    }
    this.#places.begin(this.#town?.rooms(address, visits) ?? []);
    if (this.#town) this.#seat.memory.set(visitsToTown, String(visits + 1));
    this.#network.handOver(address);
  }

  #listen(): Ear {
    const { address } = this.#seat;
    return {
      listChanged: (of) => {
        const known = this.#network.resident(address).list.has(of);
        const changed = known ? [contactSeen(this.#network, address, of)] : [];
        this.#seat.emit({ type: 'contacts-changed', changed, removed: known ? [] : [of] });
      },
      presenceChanged: (of, presence) =>
        void this.#seat.emit({ type: 'presences-changed', presences: [[of, presence]] }),
      letter: (letter) => {
        const revision = this.#seat.emit({ type: 'messages-received', messages: [messageOf(letter, this.#seat)] });
        this.#unstored.push({ revision, letter });
      },
      delivery: ({ id, state }) => {
        const delivery = { state, at: this.#network.clock.now() };
        this.#seat.emit({ type: 'delivery-changed', message: id as never, delivery });
      },
      chatState: (from, state) =>
        void this.#seat.emit({ type: 'chat-state-changed', target: { kind: 'contact', contact: from }, from, state }),
      invited: (room, from, text) => this.#places.invited(room, from, text),
      replaced: () => this.#leave({ code: 'replaced', text: 'This account came home elsewhere' }),
    };
  }

  #setOwn(presence: Presence): void {
    this.#network.setPresence(this.#seat.address, presence);
    this.#seat.emit({ type: 'self-changed', contact: this.#seat.address, presence });
  }

  /** Harmless when not at home and not on the way. */
  #leave(reason: StatusReason): void {
    const { address } = this.#seat;
    const ear = this.#ear;
    const attempt = this.#attempt;
    this.#ear = undefined;
    this.#attempt = undefined;
    attempt?.abort();
    if (ear) {
      this.#town?.farewell(address);
      this.#places.end();
      this.#network.leave(
        address,
        ear,
        this.#unstored.splice(0).map(({ letter }) => letter),
      );
    }
    if (this.#status !== 'offline') this.#become('offline', reason);
  }

  #become(status: ConnectionStatus, reason?: StatusReason): void {
    this.#status = status;
    this.#seat.emit({ type: 'status-changed', status, ...(reason === undefined ? {} : { reason }) });
  }
}
