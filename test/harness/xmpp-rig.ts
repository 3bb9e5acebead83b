/** An XMPP connection between a fake seat and a fake server, for tests of single features. */
import { XmppConnection } from '../../protocols/xmpp/connection.ts';
import type { Feature } from '../../protocols/xmpp/session.ts';
import type { Element } from '../../protocols/xmpp/stream/element.ts';
import type { Seat } from '../../src/contracts/index.ts';
import { availablePresence, type ConnectionEvent, type Presence } from '../../src/domain/index.ts';
import { FakeStream } from './fake-stream.ts';
import type { Said } from './heard.ts';
import { TestSeat, type TestSeatSettings } from './test-seat.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface RigSettings extends TestSeatSettings {
  readonly address?: string;
  /** Only these features; all when not given. */
  readonly features?: readonly Feature[];
  /** False when the test says itself what is on disk. */
  readonly storesAtOnce?: boolean;
}

export class XmppRig {
  readonly seat: TestSeat;
  readonly clock = new VirtualClock();
  readonly streams: FakeStream[] = [];
  readonly connection: XmppConnection;
  #heard = 0;

  constructor(settings: RigSettings = {}) {
    this.seat = new TestSeat(settings.address ?? 'me@home.example', settings);
    const { account, address, parameters, remembered, rooms, memory, token, log, ask } = this.seat;
    const emit = (event: ConnectionEvent): number => {
      const revision = this.seat.emit(event);
      if (settings.storesAtOnce !== false) this.connection.stored(revision);
      return revision;
    };
    const seat: Seat = { account, address, parameters, remembered, rooms, memory, token, log, ask, emit };
    this.connection = new XmppConnection(seat, {
      clock: this.clock,
      newStream: (given) => {
        const stream = new FakeStream(given);
        this.streams.push(stream);
        return stream;
      },
      ...(settings.features === undefined ? {} : { features: settings.features }),
    });
  }

  /** The newest stream. */
  get server(): FakeStream {
    const newest = this.streams.at(-1);
    if (newest === undefined) throw new Error('Nothing was opened yet');
    return newest;
  }

  /** Begins an attempt, which the test then lets in or refuses. */
  async connect(presence: Presence = availablePresence): Promise<FakeStream> {
    await this.connection.connect(presence, new AbortController().signal);
    return this.server;
  }

  async online(how: Parameters<FakeStream['establish']>[0] = {}): Promise<FakeStream> {
    const server = await this.connect();
    server.establish(how);
    await this.settle();
    return server;
  }

  /** Takes the facts of one kind that were said since the last time. */
  said<T extends ConnectionEvent['type']>(type: T): Said<T>[] {
    const all = this.seat.heard.events.slice(this.#heard);
    this.#heard = this.seat.heard.events.length;
    return all.filter((event): event is Said<T> => event.type === type);
  }

  /** Promises settle and gathered facts go out. */
  settle(): Promise<void> {
    return this.clock.settle();
  }

  /** One read of the socket, and what it sets in motion. */
  async says(...stanzas: readonly string[]): Promise<void> {
    this.server.say(...stanzas);
    await this.settle();
  }

  /** Takes what was written since the last time. */
  written(): Element[] {
    return this.server.written.splice(0).map(({ element }) => element);
  }

  /** The request that bears this payload; fails when none was written. It stays written. */
  asked(name: string, xmlns: string): Element {
    const found = this.server.written
      .map(({ element }) => element)
      .findLast((element) => element.name === 'iq' && element.child(name, xmlns) !== undefined);
    if (found === undefined) throw new Error(`Nobody asked for ${name} ${xmlns}`);
    return found;
  }

  /** Answers the request that bears this payload. */
  async answers(name: string, xmlns: string, inside = ''): Promise<void> {
    const id = this.asked(name, xmlns).attribute('id') ?? '';
    const to = this.asked(name, xmlns).attribute('to');
    const from = to === undefined ? '' : ` from="${to}"`;
    await this.says(`<iq type="result" id="${id}"${from}>${inside}</iq>`);
  }

  /** Refuses the request that bears this payload. */
  async refuses(name: string, xmlns: string, condition: string): Promise<void> {
    const id = this.asked(name, xmlns).attribute('id') ?? '';
    await this.says(
      `<iq type="error" id="${id}"><error type="cancel"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>`,
    );
  }
}
