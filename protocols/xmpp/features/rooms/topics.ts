/** What a room is about (XEP-0045 section 8.1): heard, and set by asking the room, which says it back to everyone when it agrees. */
import { type Disposable, DisposableStack, KithError, newId } from '../../../../src/base/index.ts';
import { resourceOf } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import { errorOf, NS_CLIENT } from '../../stanza-errors.ts';
import { type Element, xml } from '../../stream/element.ts';

const longestTopic = 4_000;
const patience = 30_000;
/** A room that sends no topic at all has no more to send after this long. */
const silence = 60_000;

interface Deferred {
  resolve(): void;
  reject(error: KithError): void;
}

interface Asked extends Deferred {
  readonly state: RoomState;
  readonly topic: string;
}

export class Topics implements Disposable {
  readonly #session: Session;
  readonly #asked = new Map<string, Asked>();
  /** Who waits for the next topic of a room. */
  readonly #awaited = new Map<RoomState, Deferred>();
  readonly #undo = new DisposableStack();

  constructor(session: Session) {
    this.#session = session;
    this.#undo.use(
      session.onDidBounce(({ message }) => this.#asked.get(message.attribute('id') ?? '')?.reject(errorOf(message))),
    );
    this.#undo.use(
      session.onDidEnd(() => {
        const lost = new KithError('network', 'The connection was lost before the room answered');
        for (const waiting of [...this.#asked.values(), ...this.#awaited.values()]) waiting.reject(lost);
      }),
    );
  }

  /** True when this is about the topic and nothing else: a subject beside a body is only a title of that (section 8.1). */
  heard(state: RoomState, message: Element): boolean {
    const subject = message.child('subject');
    if (subject === undefined || message.child('body') !== undefined) return false;
    const topic = subject.text();
    const by = resourceOf(message.attribute('from') ?? '');
    this.#session.rooms.change(state, { topic: topic.slice(0, longestTopic), topicBy: by === '' ? undefined : by });
    // Not every room says it back under the id it was asked with.
    for (const asked of [...this.#asked.values()]) if (asked.state === state && asked.topic === topic) asked.resolve();
    this.#awaited.get(state)?.resolve();
    return true;
  }

  /** Resolves when the room, just entered, has sent what was said before: its topic ends that (section 7.2.15). Rejects 'not-online' when it is `left`. */
  behindHistory(state: RoomState): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.#session.clock.after(silence, () => this.#awaited.get(state)?.resolve());
      const settle = (how: () => void): void => {
        timer[Symbol.dispose]();
        this.#awaited.delete(state);
        how();
      };
      this.#awaited.set(state, { resolve: () => settle(resolve), reject: (error) => settle(() => reject(error)) });
    });
  }

  /** Nothing more comes from it. */
  left(state: RoomState): void {
    this.#awaited.get(state)?.reject(new KithError('not-online', 'You are not in this room any more'));
  }

  /** Resolves when the room has said it. */
  set(state: RoomState, topic: string): Promise<void> {
    const id = newId();
    return new Promise((resolve, reject) => {
      const timer = this.#session.clock.after(patience, () =>
        settle(() => reject(new KithError('timeout', 'The room does not answer'))),
      );
      const settle = (how: () => void): void => {
        timer[Symbol.dispose]();
        this.#asked.delete(id);
        how();
      };
      this.#asked.set(id, {
        state,
        topic,
        resolve: () => settle(resolve),
        reject: (error) => settle(() => reject(error)),
      });
      const subject = xml('subject', NS_CLIENT, {}, topic);
      try {
        this.#session.send(xml('message', NS_CLIENT, { type: 'groupchat', id, to: state.room.id }, subject));
      } catch (error) {
        settle(() => reject(error));
      }
    });
  }

  [Symbol.dispose](): void {
    this.#undo[Symbol.dispose]();
  }
}
