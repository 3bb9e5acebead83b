/** What a room is about (XEP-0045 section 8.1): heard, and set by asking the room, which says it back to everyone when it agrees. */
import { type Disposable, DisposableStack, KithError, newId } from '../../../../src/base/index.ts';
import { resourceOf } from '../../address.ts';
import type { RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import { errorOf, NS_CLIENT } from '../../stanza-errors.ts';
import { type Element, xml } from '../../stream/element.ts';

const longestTopic = 4_000;
const patience = 30_000;

interface Asked {
  readonly state: RoomState;
  readonly topic: string;
  resolve(): void;
  reject(error: KithError): void;
}

export class Topics implements Disposable {
  readonly #session: Session;
  readonly #asked = new Map<string, Asked>();
  readonly #undo = new DisposableStack();

  constructor(session: Session) {
    this.#session = session;
    this.#undo.use(
      session.onDidBounce(({ message }) => this.#asked.get(message.attribute('id') ?? '')?.reject(errorOf(message))),
    );
    this.#undo.use(
      session.onDidEnd(() => {
        const lost = new KithError('network', 'The connection was lost before the room answered');
        for (const asked of [...this.#asked.values()]) asked.reject(lost);
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
    return true;
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
