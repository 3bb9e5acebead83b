/** Questions over the wire (iq, RFC 6120 section 8.2.3) and their answers, matched by id and by who may answer. */
import { type Clock, type Disposable, KithError, newId } from '../../src/base/index.ts';
import { bareAddress } from './address.ts';
import { errorOf, NS_CLIENT } from './stanza-errors.ts';
import { type Element, xml } from './stream/element.ts';

export interface Request {
  readonly type: 'get' | 'set';
  /** Without it, our own account answers. */
  readonly to?: string;
  readonly payload: Element;
  /** Milliseconds; half a minute when not given. */
  readonly patience?: number;
}

interface Open {
  readonly to: string | undefined;
  readonly resolve: (answer: Element) => void;
  readonly reject: (error: KithError) => void;
  readonly timer: Disposable;
}

const patience = 30_000;

/** Open questions live as long as the session: over a resumption their answers still come. */
export class Requests {
  readonly #open = new Map<string, Open>();
  readonly #clock: Clock;
  readonly #self: string;

  constructor(clock: Clock, self: string) {
    this.#clock = clock;
    this.#self = self;
  }

  /** Resolves with the result; rejects with the other side's error, 'timeout', or 'network' when the session is lost. */
  ask(send: (stanza: Element) => void, request: Request): Promise<Element> {
    const id = newId();
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(request.patience ?? patience, () =>
        this.#settle(id)?.reject(new KithError('timeout', 'There was no answer')),
      );
      this.#open.set(id, { to: request.to, resolve, reject, timer });
      try {
        send(xml('iq', NS_CLIENT, { type: request.type, id, to: request.to }, request.payload));
      } catch (error) {
        this.#settle(id)?.reject(error as KithError);
      }
    });
  }

  /** True when the stanza answered an open question. */
  answered(stanza: Element): boolean {
    const id = stanza.attribute('id') ?? '';
    const open = this.#open.get(id);
    if (open === undefined || !this.#mayAnswer(open.to, stanza.attribute('from'))) return false;
    this.#settle(id);
    if (stanza.attribute('type') === 'error') open.reject(errorOf(stanza));
    else open.resolve(stanza);
    return true;
  }

  /** Nobody will answer any more. */
  abandon(): void {
    for (const id of [...this.#open.keys()])
      this.#settle(id)?.reject(new KithError('network', 'The connection was lost before the answer came'));
  }

  /** An answer must come from whom was asked (RFC 6120 section 8.1.2.1), or anyone could answer for our server. */
  #mayAnswer(asked: string | undefined, from: string | undefined): boolean {
    if (asked !== undefined) return from === asked || (from === undefined && bareAddress(asked) === this.#self);
    return from === undefined || bareAddress(from) === this.#self;
  }

  #settle(id: string): Open | undefined {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.timer[Symbol.dispose]();
    return open;
  }
}
