/** What our own account can do at its server (XEP-0030), remembered so that the first stanza of a session finds it known. */
import type { Memory } from '../../src/contracts/index.ts';
import { NS_IDS } from './heard.ts';

export const NS_ARCHIVE = 'urn:xmpp:mam:2';

/** XEP-0398: the server makes one kind of avatar of the other. */
export const NS_CONVERSION = 'urn:xmpp:pep-vcard-conversion:0';

/** XEP-0060 section 7.1.5: what is published is kept as its publisher wants it, or not at all. */
export const NS_PUBLISH_OPTIONS = 'http://jabber.org/protocol/pubsub#publish-options';

const decisive = [NS_ARCHIVE, NS_IDS, NS_CONVERSION, NS_PUBLISH_OPTIONS];
const key = 'server-abilities';

export class ServerAbilities {
  readonly #memory: Memory;
  #known: ReadonlySet<string>;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#known = new Set((memory.get(key) ?? '').split(' '));
  }

  has(namespace: string): boolean {
    return this.#known.has(namespace);
  }

  /** True when ids of our archive on messages are the server's own word: it says so, or archives by a version that includes it. */
  get marksMessages(): boolean {
    return this.has(NS_IDS) || this.has(NS_ARCHIVE);
  }

  /** Keeps only those that decide something here. */
  learn(namespaces: readonly string[]): void {
    const kept = decisive.filter((one) => namespaces.includes(one));
    this.#known = new Set(kept);
    this.#memory.set(key, kept.join(' '));
  }
}
