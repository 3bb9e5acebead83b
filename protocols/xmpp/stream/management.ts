/** Stream management, XEP-0198: both sides count stanzas, so that a lost socket loses nothing. */
import type { Clock, Disposable, KithError } from '../../../src/base/index.ts';
import type { Accounting } from './accounting.ts';
import { answerTo } from './binding.ts';
import type { Outgoing, Resumption } from './contract.ts';
import { type Element, xml } from './element.ts';
import { countIn, Ledger } from './ledger.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import type { Wire } from './wire.ts';

/** Milliseconds the upper layer gets to take what arrived before the server's question is answered without it. */
const answerWithin = 1000;

/** Where a managed session stands when its socket does. */
interface Standing {
  readonly address: string;
  /** Undefined when the server cannot continue it elsewhere. */
  readonly id: string | undefined;
  readonly location: string | undefined;
  readonly handled: number;
  readonly ledger: Ledger;
}

export function offersManagement(features: Element): boolean {
  return features.child('sm', ns.management) !== undefined;
}

export function enableRequest(): Element {
  return xml('enable', ns.management, { resume: 'true' });
}

/** For a session just bound. Undefined when the server refuses after all. */
export async function enable(
  wire: Wire,
  address: string,
  clock: Clock,
  early: Element[],
  patience: Patience,
): Promise<Management | undefined> {
  wire.write(enableRequest());
  const answer = await answerTo(wire, isAbout('enabled'), early, patience);
  return answer.name === 'failed' ? undefined : enabled(answer, wire, address, clock);
}

/** `answer` is an `<enabled/>`. */
export function enabled(answer: Element, wire: Wire, address: string, clock: Clock): Management {
  const resumable = ['true', '1'].includes(answer.attribute('resume') ?? '');
  const id = resumable ? answer.attribute('id') : undefined;
  const location = answer.attribute('location');
  return new Management(wire, clock, { address, id, location, handled: 0, ledger: new Ledger() });
}

export type Resumed =
  | { readonly management: Management }
  /** The server does not know the session any more. */
  | { readonly lost: readonly Outgoing[] };

export function resumeRequest({ id, handled }: Resumption): Element {
  return xml('resume', ns.management, { previd: id, h: String(handled % 2 ** 32) });
}

/** Continues a session in place of binding a new one. */
export async function resume(wire: Wire, from: Resumption, clock: Clock, patience: Patience): Promise<Resumed> {
  wire.write(resumeRequest(from));
  const early: Element[] = [];
  return resumed(await answerTo(wire, isAbout('resumed'), early, patience), wire, from, clock);
}

/** `answer` is a `<resumed/>` or a `<failed/>`. What was not acknowledged is sent again when it succeeds. */
export function resumed(answer: Element, wire: Wire, from: Resumption, clock: Clock): Resumed {
  const ledger = new Ledger(from.acknowledged, from.unacknowledged);
  const count = countIn(answer.attribute('h'));
  const acknowledged = count === undefined ? undefined : ledger.acknowledge(count);
  if (acknowledged === undefined && answer.name === 'resumed') throw countTooHigh(wire, answer, ledger);
  for (const outgoing of acknowledged ?? []) outgoing.acknowledged?.();
  // Whoever has forgotten the session need not know the count, and a wrong one vouches for nothing.
  if (answer.name === 'failed') return { lost: ledger.unacknowledged };
  const standing = { address: from.address ?? '', id: from.id, location: from.location, handled: from.handled, ledger };
  const management = new Management(wire, clock, standing);
  for (const { element } of ledger.unacknowledged) wire.write(element);
  if (ledger.unacknowledged.length > 0) management.ask();
  return { management };
}

/** 'enabled' or 'resumed' is the good answer, 'failed' the other. */
function isAbout(good: 'enabled' | 'resumed'): (element: Element) => boolean {
  return (element) => element.is(good, ns.management) || element.is('failed', ns.management);
}

/** XEP-0198 section 4: a peer that claims more than it was sent cannot be reasoned with. */
function countTooHigh(wire: Wire, answer: Element, ledger: Ledger): KithError {
  const claimed = countIn(answer.attribute('h')) ?? 0;
  return wire.fail(
    { condition: 'undefined-condition', text: 'It acknowledges what was never sent' },
    `<handled-count-too-high xmlns='${ns.management}' h='${claimed}' send-count='${ledger.sent}'/>`,
  );
}

export class Management implements Accounting {
  readonly address: string;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #id: string | undefined;
  readonly #location: string | undefined;
  readonly #ledger: Ledger;
  #received: number;
  #handled: number;
  /** What the server was last told. */
  #told: number;
  /** The server asked when this many had arrived. */
  #owedUpTo = 0;
  #lateAnswer: Disposable | undefined;
  #asking = false;
  #sentSinceAsked = false;
  #answerScheduled = false;

  constructor(wire: Wire, clock: Clock, { address, id, location, handled, ledger }: Standing) {
    this.address = address;
    this.#wire = wire;
    this.#clock = clock;
    this.#id = id;
    this.#location = location;
    this.#ledger = ledger;
    this.#received = handled;
    this.#handled = handled;
    this.#told = handled;
  }

  sent(outgoing: Outgoing): void {
    this.#ledger.add(outgoing);
    if (this.#sentSinceAsked) return;
    this.#sentSinceAsked = true;
    // One question for all that is sent in this turn; the next is put when this one is answered.
    if (!this.#asking) queueMicrotask(() => this.ask());
  }

  hear(element: Element): boolean {
    if (element.xmlns !== ns.management) return false;
    if (element.name === 'r') this.#asked();
    else if (element.name === 'a') this.#answered(element);
    return true;
  }

  received(): number {
    this.#received += 1;
    return this.#received;
  }

  handled(number: number): void {
    if (number <= this.#handled) return;
    this.#handled = Math.min(number, this.#received);
    if (this.#told >= this.#owedUpTo || this.#handled < this.#owedUpTo || this.#answerScheduled) return;
    this.#answerScheduled = true;
    // Many are confirmed in one turn; the server is told once.
    queueMicrotask(() => {
      this.#answerScheduled = false;
      this.#tell();
    });
  }

  ask(): void {
    this.#asking = true;
    this.#sentSinceAsked = false;
    this.#wire.write(xml('r', ns.management));
  }

  settle(): void {
    if (this.#told !== this.#handled) this.#tell();
  }

  resumption(): Resumption | undefined {
    if (this.#id === undefined) return undefined;
    return {
      id: this.#id,
      ...(this.#location === undefined ? {} : { location: this.#location }),
      address: this.address,
      handled: this.#handled,
      acknowledged: this.#ledger.acknowledged,
      unacknowledged: [...this.#ledger.unacknowledged],
    };
  }

  end(): void {
    this.#lateAnswer?.[Symbol.dispose]();
    this.#lateAnswer = undefined;
  }

  #asked(): void {
    if (this.#handled === this.#received) {
      this.#tell();
      return;
    }
    this.#owedUpTo = this.#received;
    // The question must be answered soon, even behind the truth; the rest is told when it is confirmed.
    this.#lateAnswer ??= this.#clock.after(answerWithin, () => this.#tell());
  }

  #tell(): void {
    this.end();
    this.#told = this.#handled;
    this.#wire.write(xml('a', ns.management, { h: String(this.#handled % 2 ** 32) }));
  }

  #answered(element: Element): void {
    this.#asking = false;
    const count = countIn(element.attribute('h'));
    const acknowledged = count === undefined ? undefined : this.#ledger.acknowledge(count);
    if (acknowledged === undefined) {
      countTooHigh(this.#wire, element, this.#ledger);
      return;
    }
    for (const outgoing of acknowledged) outgoing.acknowledged?.();
    if (this.#sentSinceAsked) this.ask();
  }
}
