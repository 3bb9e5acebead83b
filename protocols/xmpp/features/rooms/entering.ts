/** Coming into a room and going out again (XEP-0045 sections 7.2, 7.6, 7.14, 10.1). A loss is said; trying again is core's. */
import { type Disposable, KithError } from '../../../../src/base/index.ts';
import type { Entrance } from '../../../../src/contracts/index.ts';
import type { RoomId, RoomSettings, StatusReason } from '../../../../src/domain/index.ts';
import { occupantAddress, type RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import { NS_CLIENT } from '../../stanza-errors.ts';
import { type Element, xml } from '../../stream/element.ts';
import { NS_MUC } from './namespaces.ts';
import { made, refusalIn } from './status.ts';

const patience = 60_000;
/** Under so many further names an entrance is tried when ours is taken. */
const mostNames = 3;

interface Attempt {
  readonly promise: Promise<void>;
  readonly create: RoomSettings | undefined;
  readonly timer: Disposable;
  nick: string;
  tries: number;
  history: Element;
  resolve(): void;
  reject(error: KithError): void;
}

interface Renaming {
  readonly nick: string;
  resolve(): void;
  reject(error: KithError): void;
}

export interface EnteringDuties {
  /** Learns what the room can do and what it calls itself; never rejects. */
  look(state: RoomState): Promise<void>;
  /** What of its history the room should send on entering. */
  historyWanted(state: RoomState): Element;
  /** We are in. */
  entered(state: RoomState): void;
  /** We are the first: the room waits to be told how it shall be. */
  configure(state: RoomState, settings: RoomSettings): Promise<void>;
  /** Nothing is heard of it any more. */
  left(state: RoomState): void;
}

export class Entering {
  readonly #session: Session;
  readonly #duties: EnteringDuties;
  readonly #attempts = new Map<RoomState, Attempt>();
  readonly #renamings = new Map<RoomState, Renaming>();

  constructor(session: Session, duties: EnteringDuties) {
    this.#session = session;
    this.#duties = duties;
  }

  /** With `create` the room must not be there yet. */
  async join(id: RoomId, { nick, password }: Entrance, create?: RoomSettings): Promise<void> {
    const state = this.#session.rooms.know(id, ownNick(this.#session));
    const under = this.#attempts.get(state);
    if (under !== undefined) return under.promise;
    if (state.joined && create !== undefined) throw alreadyThere();
    const wanted = checkedNick(nick ?? state.room.nick);
    if (state.joined) return wanted === state.room.nick ? undefined : this.rename(state, wanted);
    if (password !== undefined) state.password = password;
    return this.#begin(state, wanted, create);
  }

  leave(state: RoomState): void {
    this.#attempts.get(state)?.reject(new KithError('cancelled', 'You left'));
    if (state.room.status !== 'left') this.#say(state.address, { type: 'unavailable' });
    this.#out(state, undefined);
  }

  async rename(state: RoomState, nick: string): Promise<void> {
    const wanted = checkedNick(nick);
    this.#renamings.get(state)?.reject(new KithError('cancelled', 'Another name was asked for'));
    return new Promise<void>((resolve, reject) => {
      const timer = this.#session.clock.after(patience, () => settle().reject(silent()));
      const settle = () => {
        timer[Symbol.dispose]();
        this.#renamings.delete(state);
        return { resolve, reject };
      };
      this.#renamings.set(state, {
        nick: wanted,
        resolve: () => settle().resolve(),
        reject: (error) => settle().reject(error),
      });
      this.#say(occupantAddress(state.room.id, wanted), {}, ...this.#session.rooms.shown);
    });
  }

  /** Our own presence came back: we are in, under this name. */
  entered(state: RoomState, nick: string, codes: ReadonlySet<string>): void {
    const attempt = this.#attempts.get(state);
    if (attempt === undefined) return this.#renamed(state, nick);
    const isNew = codes.has(made);
    if (attempt.create !== undefined && !isNew) {
      // First the reason: to leave is to cancel whatever is still under way.
      attempt.reject(alreadyThere());
      return this.leave(state);
    }
    // What it can do it could not say before it was there.
    const settled = isNew
      ? this.#duties.configure(state, attempt.create ?? {}).then(() => this.#duties.look(state))
      : Promise.resolve();
    this.#session.rooms.change(state, {
      nick,
      status: 'joined',
      wanted: true,
      reason: undefined,
      invitation: undefined,
    });
    this.#duties.entered(state);
    settled.then(
      () => attempt.resolve(),
      (error: unknown) => attempt.reject(error as KithError),
    );
  }

  /** A presence of ours was not taken. */
  refused(state: RoomState, nick: string, stanza: Element): void {
    const attempt = this.#attempts.get(state);
    const reason = refusalIn(stanza, state.password !== undefined);
    if (attempt === undefined) {
      if (this.#renamings.get(state)?.nick === nick || nick === '') this.#renamings.get(state)?.reject(asError(reason));
      return;
    }
    if (reason.code === 'already-exists' && attempt.tries < mostNames) {
      attempt.tries += 1;
      attempt.nick = `${attempt.nick}_`;
      return this.#ask(state, attempt);
    }
    this.#out(state, reason);
    attempt.reject(asError(reason));
  }

  /** We are out, for this reason; without one we went ourselves. */
  lost(state: RoomState, reason: StatusReason | undefined): void {
    this.#attempts.get(state)?.reject(reason === undefined ? silent() : asError(reason));
    this.#out(state, reason);
  }

  /** The session is over, and all that was asked with it. */
  abandon(): void {
    const lost = new KithError('network', 'The connection was lost before the room answered');
    for (const attempt of [...this.#attempts.values()]) attempt.reject(lost);
    for (const renaming of [...this.#renamings.values()]) renaming.reject(lost);
  }

  #begin(state: RoomState, nick: string, create: RoomSettings | undefined): Promise<void> {
    let resolve = (): void => {};
    let reject = (_error: KithError): void => {};
    const promise = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    const timer = this.#session.clock.after(patience, () => this.#silent(state));
    const settle = () => {
      timer[Symbol.dispose]();
      this.#attempts.delete(state);
    };
    const attempt: Attempt = {
      promise,
      create,
      timer,
      nick,
      tries: 0,
      history: xml('history', NS_MUC, { maxstanzas: '0' }),
      resolve: () => {
        settle();
        resolve();
      },
      reject: (error) => {
        settle();
        reject(error);
      },
    };
    this.#attempts.set(state, attempt);
    this.#session.rooms.change(state, { nick, status: 'joining', reason: undefined });
    void this.#enter(state, attempt);
    return promise;
  }

  async #enter(state: RoomState, attempt: Attempt): Promise<void> {
    await this.#duties.look(state);
    if (this.#attempts.get(state) !== attempt) return;
    attempt.history = this.#duties.historyWanted(state);
    try {
      this.#ask(state, attempt);
    } catch (error) {
      attempt.reject(error as KithError);
    }
  }

  #ask(state: RoomState, { nick, history }: Attempt): void {
    this.#session.rooms.change(state, { nick });
    const { password } = state;
    const secret = password === undefined ? undefined : xml('password', NS_MUC, {}, password);
    this.#say(state.address, {}, xml('x', NS_MUC, {}, secret, history), ...this.#session.rooms.shown);
  }

  #silent(state: RoomState): void {
    const attempt = this.#attempts.get(state);
    if (attempt === undefined) return;
    // Should it still let us in, nobody here would know.
    if (this.#session.address !== undefined) this.#say(state.address, { type: 'unavailable' });
    this.#out(state, { code: 'timeout', text: 'The room does not answer' });
    attempt.reject(silent());
  }

  #renamed(state: RoomState, nick: string): void {
    this.#session.rooms.change(state, { nick });
    const renaming = this.#renamings.get(state);
    if (renaming?.nick === nick) renaming.resolve();
  }

  #out(state: RoomState, reason: StatusReason | undefined): void {
    this.#renamings.get(state)?.reject(new KithError('not-online', 'You are not in this room any more'));
    this.#session.rooms.change(state, {
      status: 'left',
      reason,
      // Joining what was closed would make it anew.
      ...(reason?.code === 'cancelled' ? { wanted: false } : {}),
    });
    this.#duties.left(state);
  }

  #say(to: string, attributes: { readonly type?: string }, ...inside: readonly (Element | undefined)[]): void {
    this.#session.send(xml('presence', NS_CLIENT, { to, ...attributes }, ...inside));
  }
}

/** The name we bear where we have chosen none: our own before the “@”. */
export function ownNick(session: Session): string {
  return session.self.slice(0, Math.max(0, session.self.indexOf('@'))) || session.self;
}

function checkedNick(nick: string): string {
  const wanted = nick.trim().normalize('NFC');
  if (wanted === '') throw new KithError('invalid-argument', 'A name to bear in the room is missing');
  if (Buffer.byteLength(wanted) > 1023) throw new KithError('invalid-argument', 'This name is too long');
  if (/\p{Cc}/u.test(wanted)) throw new KithError('invalid-argument', 'This name contains an invisible character');
  return wanted;
}

const asError = ({ code, text }: StatusReason): KithError =>
  new KithError(code === 'requested' ? 'cancelled' : code, text);
const silent = (): KithError => new KithError('timeout', 'The room does not answer');
const alreadyThere = (): KithError => new KithError('already-exists', 'There is a room at this address already');
