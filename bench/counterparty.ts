/** Everybody else: one server component (XEP-0114) that owns all contacts, hears what is said to them and speaks for them. */
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { until } from '../test/harness/waiting.ts';
import { dial } from './dial.ts';

export class Counterparty {
  readonly #socket: Socket;
  readonly #domain: string;
  #heard = '';
  #number = 0;

  private constructor(socket: Socket, domain: string) {
    this.#socket = socket;
    this.#domain = domain;
  }

  static async connect(port: number, domain: string, secret: string): Promise<Counterparty> {
    const socket = await until('the door for components', () => dial(port));
    socket.setEncoding('utf8').setNoDelay(true);
    const party = new Counterparty(socket, domain);
    socket.on('data', (text: string) => (party.#heard += text));
    socket.write(
      `<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='${domain}'>`,
    );
    const id = await party.#hears(/<stream:stream[^>]* id=['"]([^'"]+)/);
    socket.write(
      `<handshake>${createHash('sha1')
        .update(id + secret)
        .digest('hex')}</handshake>`,
    );
    await party.#hears(/(<handshake)/);
    return party;
  }

  /** What was heard so far no longer counts. */
  forget(): void {
    this.#heard = '';
  }

  /** Resolves with the full address `name@…/…` from which presence reached a contact. */
  async sees(address: string): Promise<string> {
    const from = new RegExp(`<presence(?![^>]*type=)[^>]*from=['"](${address.replaceAll('.', '\\.')}/[^'"]+)`);
    return this.#hears(from);
  }

  /** One message each, from the contacts in turn, as today's programs send them: with a chat state, asking for a receipt. */
  say(to: string, contacts: number, count: number): void {
    let all = '';
    for (let left = count; left > 0; left -= 1) {
      this.#number += 1;
      const from = `contact${this.#number % contacts}@${this.#domain}/phone`;
      all +=
        `<message type='chat' from='${from}' to='${to}' id='m${this.#number}'>` +
        `<body>This is message ${this.#number}, and it is about as long as what people say.</body>` +
        `<active xmlns='http://jabber.org/protocol/chatstates'/><request xmlns='urn:xmpp:receipts'/></message>`;
    }
    this.#socket.write(all);
  }

  /** The contacts numbered from `first` up to before `end` are there from now on. */
  appear(to: string, first: number, end: number): void {
    let all = '';
    for (let number = first; number < end; number += 1)
      all += `<presence from='contact${number}@${this.#domain}/phone' to='${to}'/>`;
    this.#socket.write(all);
  }

  /** Resolves when `to` has answered a ping (XEP-0199): everything sent before was read by then. */
  async ping(to: string): Promise<void> {
    this.#number += 1;
    const id = `p${this.#number}`;
    this.#socket.write(
      `<iq type='get' from='contact0@${this.#domain}/phone' to='${to}' id='${id}'><ping xmlns='urn:xmpp:ping'/></iq>`,
    );
    await this.#hears(new RegExp(`(<iq[^>]*id=['"]${id}['"])`));
  }

  leave(): void {
    this.#socket.destroy();
  }

  #hears(pattern: RegExp): Promise<string> {
    return until(`${pattern.source} from the server`, () => pattern.exec(this.#heard)?.[1], { every: 2 });
  }
}
