/** A person on one device: an XMPP connection over a real server, without a host around it. */
import { connect, type Socket } from 'node:net';
import { DisposableStack, newId, systemClock } from '../../src/base/index.ts';
import type { Facets, Seat } from '../../src/contracts/index.ts';
import {
  type Ask,
  availablePresence,
  type Contact,
  type ContactId,
  type ConversationTarget,
  everythingTold,
  type Message,
  type MessageId,
  type ParameterValue,
  type StatusReason,
} from '../../src/domain/index.ts';
import { XmppConnection } from '../../protocols/xmpp/connection.ts';
import type { Feature } from '../../protocols/xmpp/session.ts';
import type { Element } from '../../protocols/xmpp/stream/element.ts';
import { newStream } from '../../protocols/xmpp/stream/index.ts';
import type { Place } from './stream-meeting.ts';
import { TestSeat } from './test-seat.ts';

export interface PersonSettings {
  /** What an earlier run kept. */
  readonly memory?: readonly (readonly [string, string])[];
  readonly remembered?: readonly Contact[];
  readonly resource?: string;
  /** Settings of the account besides those that lead straight to the server. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** What they say when asked. */
  readonly answer?: Ask;
  /** Instead of all. */
  readonly features?: readonly Feature[];
}

export class XmppPerson {
  readonly seat: TestSeat;
  readonly connection: XmppConnection;
  /** False: nothing said from now on reaches the disk. */
  stores = true;
  /** Every stanza the server has sent. */
  readonly received: Element[] = [];
  /** Every machine a socket was opened to. */
  readonly dialled: string[] = [];
  readonly #listening = new DisposableStack();
  #socket: Socket | undefined;
  #since = 0;

  constructor(server: Place, name: string, settings: PersonSettings = {}) {
    const { memory = [], remembered = [], resource = 'desk', answer } = settings;
    const parameters = { host: server.host, port: server.port, ca: server.ca, resource, ...settings.parameters };
    this.seat = new TestSeat(server.address(name), {
      parameters,
      memory,
      remembered,
      ...(answer === undefined ? {} : { answer }),
    });
    const { account, address, log, ask } = this.seat;
    const seat: Seat = {
      account,
      address,
      parameters,
      remembered,
      rooms: this.seat.rooms,
      memory: this.seat.memory,
      token: this.seat.token,
      log,
      ask,
      emit: (event) => {
        const revision = this.seat.emit(event);
        if (this.stores) this.connection.stored(revision);
        return revision;
      },
    };
    const connectSocket = (host: string, port: number) => {
      this.dialled.push(`${host}:${port}`);
      this.#socket = connect({ host, port });
      return this.#socket;
    };
    this.connection = new XmppConnection(seat, {
      clock: systemClock,
      newStream: (given) => {
        const stream = newStream(given, { connectSocket });
        this.#listening.use(stream.onDidReceive(({ element }) => this.received.push(element)));
        return stream;
      },
      ...(settings.features === undefined ? {} : { features: settings.features }),
    });
  }

  get address(): ContactId {
    return this.seat.address;
  }

  facet<F extends keyof Facets>(name: F): Facets[F] {
    const facet = this.connection.facets[name];
    if (facet === undefined) throw new Error(`There is no ${name}`);
    return facet;
  }

  /** Online, with the list known. */
  async arrive(): Promise<void> {
    this.#since = this.seat.heard.events.length;
    await this.connection.connect(availablePresence, new AbortController().signal);
    await this.seat.heard.until('roster-received', () => true, { after: this.#since });
  }

  /** Why they are offline. */
  async arriveInVain(): Promise<StatusReason | undefined> {
    const after = this.seat.heard.events.length;
    await this.connection.connect(availablePresence, new AbortController().signal);
    const offline = await this.seat.heard.until('status-changed', ({ status }) => status !== 'connecting', { after });
    return offline.status === 'offline' ? offline.reason : undefined;
  }

  leave(): Promise<void> {
    return this.connection.disconnect();
  }

  /** The cable is pulled: nobody says goodbye. */
  async cut(): Promise<void> {
    const after = this.seat.heard.events.length;
    this.#socket?.destroy();
    await this.seat.heard.until('status-changed', ({ status }) => status === 'offline', { after });
  }

  sees(whom: XmppPerson): Contact | undefined {
    return this.seat.living.contacts.get(whom.address);
  }

  async untilSees(whom: XmppPerson, fits: (contact: Contact) => boolean): Promise<void> {
    const seen = () => {
      const contact = this.sees(whom);
      return contact !== undefined && fits(contact);
    };
    if (seen()) return;
    const after = this.seat.heard.events.length;
    await Promise.race([
      this.seat.heard.until('contacts-changed', seen, { after }),
      this.seat.heard.until('presences-changed', seen, { after }),
    ]).catch(() => Promise.reject(new Error(`Not seen in time\n${this.seat.heard.told()}`)));
  }

  async say(to: XmppPerson, body: string, disclosure = everythingTold): Promise<MessageId> {
    const id = newId<MessageId>();
    await this.facet('messages').send({ id, target: towards(to), body, at: Date.now(), disclosure });
    return id;
  }

  /** The message with this body; of several, the first since the last arrival. */
  async hears(body: string): Promise<Message> {
    const fits = (message: Message) => message.body === body;
    const event = await this.seat.heard.until('messages-received', ({ messages }) => messages.some(fits), {
      after: this.#since,
    });
    return event.messages.find(fits) as Message;
  }

  async untilDelivery(id: MessageId, state: string): Promise<void> {
    await this.seat.heard.until('delivery-changed', (event) => event.message === id && event.delivery.state === state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.connection[Symbol.asyncDispose]();
    this.#listening[Symbol.dispose]();
  }
}

export function towards(person: XmppPerson): ConversationTarget {
  return { kind: 'contact', contact: person.address };
}

/** Each in the other's list, each seeing the other. */
export async function befriend(one: XmppPerson, other: XmppPerson): Promise<void> {
  await one.facet('roster').request(other.address, { message: 'It is me' });
  await other.untilSees(one, ({ theySeeUs }) => theySeeUs === 'asked');
  await other.facet('roster').request(one.address, {});
  await one.untilSees(other, ({ theySeeUs }) => theySeeUs === 'asked');
  await one.facet('roster').authorise(other.address);
  const seen = ({ presence, weSeeThem, theySeeUs }: Contact) =>
    presence.availability === 'available' && weSeeThem === 'yes' && theySeeUs === 'yes';
  await one.untilSees(other, seen);
  await other.untilSees(one, seen);
}
