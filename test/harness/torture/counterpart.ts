/** The other side: a raw stream that speaks, hears, says that it heard, and comes back by itself whenever it is cut off. */
import { newId, pause, silentLog, systemClock } from '../../../src/base/index.ts';
import type { MessageId } from '../../../src/domain/index.ts';
import {
  type Element,
  newStream,
  ns,
  type Resumption,
  type Stream,
  xml,
} from '../../../protocols/xmpp/stream/index.ts';
import type { Prosody } from '../prosody.ts';
import { TestLoginMemory } from '../test-login-memory.ts';
import { until } from '../waiting.ts';

const receipts = 'urn:xmpp:receipts';

/** Milliseconds before it tries again. */
const soon = 50;

export class Counterpart {
  readonly address: string;
  /** Messages of Kith's that a receipt was written for. */
  readonly receipted = new Set<MessageId>();
  readonly #server: Prosody;
  readonly #to: string;
  readonly #life: Promise<void>;
  #stream: Stream | undefined;
  #resumption: Resumption | undefined;
  #over = false;

  constructor(server: Prosody, name: string, to: string) {
    this.#server = server;
    this.address = server.address(name);
    this.#to = to;
    this.#life = this.#live();
  }

  async online(): Promise<void> {
    await until('the counterpart to be online', () => (this.#stream === undefined ? undefined : true));
  }

  /** False when nothing could be written just now. */
  say(body: string): boolean {
    const words = xml('body', ns.stanzas, {}, body);
    return this.#send({ type: 'chat', id: newId(), to: this.#to }, words);
  }

  async end(): Promise<void> {
    this.#over = true;
    await this.#stream?.close();
    await this.#life;
  }

  async #live(): Promise<void> {
    while (!this.#over) {
      try {
        await this.#session();
      } catch {
        await pause(systemClock, soon);
      }
    }
  }

  /** From one socket's beginning to its end. */
  async #session(): Promise<void> {
    const stream = streamOf(this.#server, this.address);
    const listening = stream.onDidReceive(({ element, number }) => {
      this.#hear(element);
      stream.handled(number);
    });
    const ended = new Promise<Resumption | undefined>((resolve) => {
      const ending = stream.onDidEnd(({ resumption }) => {
        ending[Symbol.dispose]();
        resolve(resumption);
      });
    });
    try {
      const { resumed } = await stream.open(new AbortController().signal, this.#resumption);
      this.#resumption = undefined;
      if (!resumed) stream.send(xml('presence', ns.stanzas));
      this.#stream = stream;
      this.#resumption = await ended;
    } catch (error) {
      this.#resumption = undefined;
      throw error;
    } finally {
      this.#stream = undefined;
      listening[Symbol.dispose]();
    }
  }

  #hear(stanza: Element): void {
    const id = stanza.attribute('id') as MessageId | undefined;
    if (stanza.name !== 'message' || id === undefined || stanza.child('request', receipts) === undefined) return;
    const received = xml('received', receipts, { id });
    if (this.#send({ to: stanza.attribute('from'), id: newId() }, received)) this.receipted.add(id);
  }

  #send(attributes: Readonly<Record<string, string | undefined>>, inside: Element): boolean {
    try {
      if (this.#stream === undefined) return false;
      this.#stream.send(xml('message', ns.stanzas, attributes, inside));
      return true;
    } catch {
      return false;
    }
  }
}

/** A stream to that server for anyone who has the usual password. */
export function streamOf(server: Prosody, address: string): Stream {
  return newStream({
    address,
    resource: undefined,
    host: server.host,
    port: server.port,
    ca: server.ca,
    clock: systemClock,
    log: silentLog,
    password: async () => server.password,
    memory: new TestLoginMemory(),
    trust: async () => false,
  });
}
