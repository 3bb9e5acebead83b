/** Where stream management is missing: a server takes stanzas in order, so a ping answered after them says that it has them (XEP-0199). */
import { newId } from '../../../src/base/index.ts';
import type { Accounting } from './accounting.ts';
import { parseAddress } from './address.ts';
import type { Outgoing, Resumption } from './contract.ts';
import { type Element, xml } from './element.ts';
import { ns } from './namespaces.ts';
import type { Wire } from './wire.ts';

export class Pinging implements Accounting {
  readonly #wire: Wire;
  readonly #domain: string;
  /** Whom an answer may come from, besides nobody: the server may speak as itself or for the account. */
  readonly #askable: ReadonlySet<string | undefined>;
  /** Written before the ping that is under way. */
  #covered: Outgoing[] = [];
  #uncovered: Outgoing[] = [];
  #underWay: string | undefined;
  #received = 0;

  constructor(wire: Wire, address: string) {
    const { domain, bare, full } = parseAddress(address);
    this.#wire = wire;
    this.#domain = domain;
    this.#askable = new Set([undefined, domain, bare, full]);
  }

  sent(outgoing: Outgoing): void {
    this.#uncovered.push(outgoing);
    // One ping for all that is sent in this turn.
    if (this.#uncovered.length === 1) queueMicrotask(() => this.ask());
  }

  hear(element: Element): boolean {
    if (this.#underWay === undefined || element.attribute('id') !== this.#underWay) return false;
    if (!element.is('iq', ns.stanzas) || !this.#askable.has(element.attribute('from'))) return false;
    // A refusal to answer pings is as good an answer.
    if (element.attribute('type') !== 'result' && element.attribute('type') !== 'error') return false;
    this.#underWay = undefined;
    const acknowledged = this.#covered;
    this.#covered = [];
    for (const outgoing of acknowledged) outgoing.acknowledged?.();
    if (this.#uncovered.length > 0) this.ask();
    return true;
  }

  received(): number {
    this.#received += 1;
    return this.#received;
  }

  /** Nobody counts: what is not taken is in the server's archive, or nowhere. */
  handled(): void {}

  ask(): void {
    if (this.#underWay !== undefined) return;
    this.#underWay = newId();
    this.#covered = this.#uncovered;
    this.#uncovered = [];
    const ping = xml('ping', ns.ping);
    this.#wire.write(xml('iq', ns.stanzas, { type: 'get', id: this.#underWay, to: this.#domain }, ping));
  }

  settle(): void {}

  resumption(): Resumption | undefined {
    return undefined;
  }

  end(): void {}
}
