/** @xmpp/client, the other XMPP library for Node, in a process of its own: only there can it be told which authority to trust. */
import { fileURLToPath } from 'node:url';
import { EventQueue } from './event-queue.ts';
import { Run } from './processes.ts';
import { until } from './waiting.ts';

const script = fileURLToPath(new URL('xmpp-js-peer.mjs', import.meta.url));

export type XmppJsEvent =
  /** 'online', 'disconnect', 'offline' and what is in between, with the address it believes to have. */
  | { readonly type: 'status'; readonly status: string; readonly address: string }
  /** `refused`: it did not even start. */
  | { readonly type: 'error' | 'refused'; readonly text: string }
  /** It gives up on what it sent. */
  | { readonly type: 'lost'; readonly id: string }
  | { readonly type: 'work'; readonly seconds: number };

export interface XmppJsSettings {
  readonly port: number;
  readonly caFile: string;
  readonly domain?: string;
  readonly username?: string;
  readonly password?: string;
}

export class XmppJs implements AsyncDisposable {
  readonly events = new EventQueue<XmppJsEvent>();
  readonly #run: Run;

  /** Begins to sign in at once, by STARTTLS. Unless told otherwise amy@kith.test has the password 'secret'. */
  constructor({ port, caFile, domain = 'kith.test', username = 'amy', password = 'secret' }: XmppJsSettings) {
    const settings = JSON.stringify({ service: `xmpp://127.0.0.1:${port}`, domain, username });
    this.#run = new Run(process.execPath, [script, settings], {
      input: `${password}\n`,
      keepInput: true,
      env: { NODE_EXTRA_CA_CERTS: caFile },
      onLine: (line) => this.events.push(JSON.parse(line) as XmppJsEvent),
    });
  }

  /** Resolves with the address it believes to have then. */
  async becomes(status: string): Promise<string> {
    const change = (event: XmppJsEvent) => event.type === 'status' && event.status === status;
    return ((await this.events.next(`@xmpp/client to be ${status}`, change)) as { readonly address: string }).address;
  }

  /** Resolves with what it says went wrong. */
  async fails(): Promise<string> {
    const failure = (event: XmppJsEvent) => event.type === 'error' || event.type === 'refused';
    return ((await this.events.next('@xmpp/client to fail', failure)) as { readonly text: string }).text;
  }

  /** Resolves with the id of the next message it gives up on. */
  async givesUp(): Promise<string> {
    const given = (event: XmppJsEvent) => event.type === 'lost';
    return ((await this.events.next('@xmpp/client to give up on a message', given)) as { readonly id: string }).id;
  }

  send(to: string, body: string, id: string): void {
    this.#order({ do: 'send', to, body, id });
  }

  /** Resolves when it has kept a processor busy for so many seconds. */
  async works(seconds: number): Promise<void> {
    const worked = (event: XmppJsEvent) => event.type === 'work';
    await until(`@xmpp/client to have worked for ${seconds} s`, async () => {
      this.#order({ do: 'work' });
      const work = (await this.events.next('its answer', worked)) as { readonly seconds: number };
      return work.seconds >= seconds ? true : undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run.end('SIGKILL');
  }

  #order(order: object): void {
    this.#run.write(`${JSON.stringify(order)}\n`);
  }
}
