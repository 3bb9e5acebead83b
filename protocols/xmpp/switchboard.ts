/** The session as it is: takes each stanza in, finds who it is for, and lets no stanza do harm beyond itself. */
import {
  asKithError,
  type Clock,
  type Disposable,
  disposable,
  Emitter,
  KithError,
  type Log,
} from '../../src/base/index.ts';
import type { Facets, Seat } from '../../src/contracts/index.ts';
import type { OutgoingMessage, Presence } from '../../src/domain/index.ts';
import { fromAccount } from './address.ts';
import { Contacts } from './contacts.ts';
import { Facts } from './facts.ts';
import { Forecourt } from './forecourt.ts';
import { Handled } from './handled.ts';
import { hear, type Heard, type Listener } from './heard.ts';
import { HeldBack } from './held-back.ts';
import { Outbox } from './outbox.ts';
import { type Request, Requests } from './requests.ts';
import { Rooms } from './rooms.ts';
import type { Beginning, Served, Session } from './session.ts';
import { NS_CLIENT, refusal } from './stanza-errors.ts';
import { NS_ARCHIVE, ServerAbilities } from './server-abilities.ts';
import type { Established, Incoming, Stream } from './stream/contract.ts';
import { type Element, xml } from './stream/element.ts';

type Answer = (asked: Element, stanza: Element) => Element | undefined;
type Take = (child: Element, stanza: Element) => boolean;

export class Switchboard implements Session {
  readonly account;
  readonly self;
  readonly parameters;
  readonly ask: Seat['ask'];
  readonly memory;
  readonly remembered;
  readonly clock: Clock;
  readonly log: Log;
  readonly handled = new Handled((number) => this.#stream?.handled(number));
  readonly facts: Facts;
  readonly contacts: Contacts;
  readonly rooms: Rooms;
  readonly server: ServerAbilities;
  readonly outbox: Outbox;
  readonly facets: Partial<Facets> = {};
  address: string | undefined;

  readonly #requests: Requests;
  readonly #forecourt: Forecourt;
  readonly #heldBack: HeldBack;
  readonly #served = new Map<string, { readonly served: Served; readonly answer: Answer }>();
  readonly #advertised = new Map<string, number>();
  readonly #wrappers = new Map<string, Set<Take>>();
  readonly #dressers = new Set<(message: OutgoingMessage) => readonly Element[]>();
  readonly #refusers = new Set<(from: string) => boolean>();
  readonly #adorners = new Set<() => readonly Element[]>();
  readonly #begin = this.#emitter<Beginning>();
  readonly #open = this.#emitter<Beginning>();
  readonly #resume = this.#emitter<Beginning>();
  readonly #end = this.#emitter<void>();
  readonly #presence = this.#emitter<Element>();
  readonly #heard = this.#emitter<Heard>();
  readonly #heardRoom = this.#emitter<Element>();
  readonly #bounced = this.#emitter<Heard>();
  #stream: Stream | undefined;

  readonly onDidBegin = this.#begin.event;
  readonly onDidOpen = this.#open.event;
  readonly onDidResume = this.#resume.event;
  readonly onDidEnd = this.#end.event;
  readonly onDidReceivePresence = this.#presence.event;
  readonly onDidHear = this.#heard.event;
  readonly onDidHearRoom = this.#heardRoom.event;
  readonly onDidBounce = this.#bounced.event;

  constructor(seat: Seat, clock: Clock) {
    this.account = seat.account;
    this.self = seat.address;
    this.parameters = seat.parameters;
    this.ask = seat.ask;
    this.memory = seat.memory;
    this.remembered = seat.remembered;
    this.log = seat.log;
    this.clock = clock;
    this.facts = new Facts(
      (event) => seat.emit(event),
      this.handled,
      (error) => this.#stumbled(error, 'what waited for the disk'),
    );
    this.contacts = new Contacts(this.facts, seat.remembered);
    this.rooms = new Rooms(this.facts, seat.rooms);
    this.outbox = new Outbox(this.facts, clock);
    this.server = new ServerAbilities(seat.memory);
    this.#requests = new Requests(clock, this.self);
    this.#forecourt = new Forecourt(clock);
    this.#heldBack = new HeldBack(this.handled, this.facts, clock);
  }

  get advertised(): readonly string[] {
    return [...this.#advertised.keys()].toSorted();
  }

  get listener(): Listener {
    return {
      self: this.self,
      now: this.clock.now(),
      serverMarks: this.server.marksMessages,
      isRoom: (address) => this.rooms.has(address),
    };
  }

  /** A stream is open: the session begins, or goes on. */
  begin(stream: Stream, established: Established, presence: Presence): void {
    this.#stream = stream;
    this.address = established.address;
    this.handled.restart();
    if (established.resumed) {
      this.#resume.fire({ established, presence });
      return this.#forecourt.online();
    }
    this.#over();
    const beginning = { established, presence };
    this.#begin.fire(beginning);
    this.#forecourt.enter(() => this.#open.fire(beginning));
  }

  first(answered: Promise<unknown>): void {
    this.#forecourt.first(answered);
  }

  holdMessages(until: Promise<unknown>): void {
    this.#heldBack.hold(until);
  }

  /** The socket is gone. The session may go on with another one. */
  pause(): void {
    this.#forecourt.offline();
    this.#heldBack.forget();
    this.#stream = undefined;
    this.address = undefined;
  }

  /** The session is over for good. */
  end(): void {
    this.pause();
    this.#over();
  }

  receive({ element, number }: Incoming): void {
    this.handled.during(number, () => this.#fenced(element, () => this.#dispatch(element)));
  }

  send(stanza: Element, acknowledged?: () => void): void {
    if (this.#stream === undefined) throw new KithError('not-online', 'This account is not online');
    this.#stream.send(stanza, acknowledged);
  }

  tell(nonza: Element): void {
    if (this.#stream === undefined) throw new KithError('not-online', 'This account is not online');
    this.#stream.tell(nonza);
  }

  request(request: Request): Promise<Element> {
    return this.#requests.ask((stanza) => this.send(stanza), request);
  }

  serve(served: Served, answer: Answer): Disposable {
    const key = servedKey(served.type, served.name, served.xmlns);
    this.#served.set(key, { served, answer });
    const advertised = served.silent === true ? undefined : this.advertise(served.xmlns);
    return disposable(() => {
      this.#served.delete(key);
      advertised?.[Symbol.dispose]();
    });
  }

  advertise(...namespaces: readonly string[]): Disposable {
    // Counted, since two features may understand one namespace.
    for (const one of namespaces) this.#advertised.set(one, (this.#advertised.get(one) ?? 0) + 1);
    return disposable(() => {
      for (const one of namespaces) {
        const left = (this.#advertised.get(one) ?? 1) - 1;
        if (left === 0) this.#advertised.delete(one);
        else this.#advertised.set(one, left);
      }
    });
  }

  lend<F extends keyof Facets>(name: F, facet: Facets[F]): Disposable {
    const facets: { [K in keyof Facets]?: Facets[K] } = this.facets;
    facets[name] = facet;
    return disposable(() => delete facets[name]);
  }

  dress(parts: (message: OutgoingMessage) => readonly Element[]): Disposable {
    this.#dressers.add(parts);
    return disposable(() => this.#dressers.delete(parts));
  }

  dressed(message: OutgoingMessage): readonly Element[] {
    return [...this.#dressers].flatMap((parts) => parts(message));
  }

  adorn(parts: () => readonly Element[]): Disposable {
    this.#adorners.add(parts);
    return disposable(() => this.#adorners.delete(parts));
  }

  get adornments(): readonly Element[] {
    return [...this.#adorners].flatMap((parts) => parts());
  }

  refuse(refused: (from: string) => boolean): Disposable {
    this.#refusers.add(refused);
    return disposable(() => this.#refusers.delete(refused));
  }

  unwrap(xmlns: string, take: Take): Disposable {
    const takers = this.#wrappers.get(xmlns) ?? new Set<Take>();
    this.#wrappers.set(xmlns, takers.add(take));
    return disposable(() => takers.delete(take));
  }

  bring(heard: Heard): void {
    // What stands in the archive was said before, and was ours to read.
    if (heard.direction === 'incoming' && heard.via !== 'archive' && this.#refused(heard.peer)) return;
    const bounced = heard.message.attribute('type') === 'error';
    (bounced ? this.#bounced : this.#heard).fire(heard);
  }

  #over(): void {
    this.#forecourt.leave();
    this.#requests.abandon();
    this.#end.fire();
  }

  #dispatch(stanza: Element): void {
    if (stanza.xmlns !== NS_CLIENT) return;
    if (stanza.name !== 'iq' && this.#refused(stanza.attribute('from'))) return;
    if (stanza.name === 'presence') return this.#presence.fire(stanza);
    if (stanza.name === 'message') return this.#message(stanza);
    if (stanza.name === 'iq') return this.#iq(stanza);
  }

  #message(stanza: Element): void {
    const answers = stanza.child('result', NS_ARCHIVE) !== undefined;
    if (answers) this.#heldBack.goesOn();
    else if (this.#heldBack.keep(() => this.#fenced(stanza, () => this.#hear(stanza)))) return;
    this.#hear(stanza);
  }

  #hear(stanza: Element): void {
    for (const child of stanza.elements()) {
      for (const take of this.#wrappers.get(child.xmlns) ?? []) if (take(child, stanza)) return;
    }
    if (stanza.attribute('type') === 'groupchat') return this.#heardRoom.fire(stanza);
    const heard = hear(stanza, this.listener, { via: 'live' });
    if (heard !== undefined) this.bring(heard);
  }

  #iq(stanza: Element): void {
    const type = stanza.attribute('type');
    if (type === 'result' || type === 'error') return void this.#requests.answered(stanza);
    const asked = stanza.elements()[0];
    if (asked === undefined || (type !== 'get' && type !== 'set'))
      return this.send(refusal(stanza, 'modify', 'bad-request'));
    const found = this.#served.get(servedKey(type, asked.name, asked.xmlns));
    if (
      found === undefined ||
      this.#refused(stanza.attribute('from')) ||
      (found.served.onlyOwn === true && !fromAccount(stanza.attribute('from'), this.self))
    )
      return this.send(refusal(stanza, 'cancel', 'service-unavailable'));
    this.send(this.#answer(found.answer, asked, stanza));
  }

  #refused(from: string | undefined): boolean {
    if (from === undefined) return false;
    for (const refused of this.#refusers) if (refused(from)) return true;
    return false;
  }

  #answer(answer: Answer, asked: Element, stanza: Element): Element {
    try {
      const to = stanza.attribute('from');
      return xml('iq', NS_CLIENT, { type: 'result', id: stanza.attribute('id'), to }, answer(asked, stanza));
    } catch (error) {
      const code = error instanceof KithError ? error.code : undefined;
      if (code === 'not-found') return refusal(stanza, 'cancel', 'item-not-found');
      // Who may not know is told no more than where nobody knows.
      if (code === 'permission-denied') return refusal(stanza, 'cancel', 'service-unavailable');
      this.#stumbled(error, stanza.name);
      return refusal(stanza, 'modify', 'bad-request');
    }
  }

  /** A stanza that makes us stumble ends there. Its content is not written down. */
  #fenced(stanza: Element, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#stumbled(error, stanza.name);
    }
  }

  #emitter<T>(): Emitter<T> {
    return new Emitter<T>((error) => this.#stumbled(error, 'event'));
  }

  #stumbled(error: unknown, at: string): void {
    const { code, message } = asKithError(error);
    this.log.warn('a stanza could not be handled', { at, code, error: message });
  }
}

function servedKey(type: string, name: string, xmlns: string): string {
  return `${type} ${name} ${xmlns}`;
}
