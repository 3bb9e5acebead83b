/** @xmpp/client, the other XMPP library for Node, in a process of its own: only there can it be told which authority to trust, and may it die. */
import { fileURLToPath } from 'node:url';
import { EventQueue } from './event-queue.ts';
import { Run, type Exit } from './processes.ts';
import { until } from './waiting.ts';

const script = fileURLToPath(new URL('xmpp-js-peer.mjs', import.meta.url));

export type XmppJsEvent =
  /** 'online', 'disconnect', 'offline' and what is in between, with the address it believes to have, and the place it goes to. */
  | { readonly type: 'status'; readonly status: string; readonly address: string; readonly place?: string }
  /** `refused`: it did not even start. */
  | { readonly type: 'error' | 'refused'; readonly text: string }
  | { readonly type: 'message'; readonly body: string }
  /** It gives up on what it sent. */
  | { readonly type: 'lost'; readonly id: string }
  /** It sets a timer. */
  | { readonly type: 'timer'; readonly milliseconds: number }
  | { readonly type: 'work'; readonly seconds: number };

export interface XmppJsSettings {
  readonly port: number;
  readonly caFile: string;
  readonly domain?: string;
  readonly username?: string;
  readonly password?: string;
  /** Where to connect to. Default: by STARTTLS to `port` of this machine. A bare name is looked up. */
  readonly service?: string;
  /** In place of the system's: a name server for services, as node:dns wants it, and the addresses of machines. */
  readonly names?: { readonly server: string; readonly addresses: Readonly<Record<string, string>> };
}

export class XmppJs implements AsyncDisposable {
  readonly events = new EventQueue<XmppJsEvent>();
  readonly #run: Run;

  /** Begins to sign in at once. Unless told otherwise amy@kith.test has the password 'secret'. */
  constructor(settings: XmppJsSettings) {
    const { port, caFile, domain = 'kith.test', username = 'amy', password = 'secret', names } = settings;
    const { service = `xmpp://127.0.0.1:${port}` } = settings;
    this.#run = new Run(process.execPath, [script, JSON.stringify({ service, domain, username, names })], {
      input: `${password}\n`,
      keepInput: true,
      env: { NODE_EXTRA_CA_CERTS: caFile },
      onLine: (line) => this.events.push(JSON.parse(line) as XmppJsEvent),
    });
  }

  /** Resolves when its process has ended by itself. */
  get died(): Promise<Exit> {
    return this.#run.ended;
  }

  /** What its process said when it died. */
  get lastWords(): string {
    return this.#run.errors;
  }

  /** Resolves with the address it believes to have then. */
  async becomes(status: string): Promise<string> {
    const change = (event: XmppJsEvent) => event.type === 'status' && event.status === status;
    return ((await this.events.next(`@xmpp/client to be ${status}`, change)) as { readonly address: string }).address;
  }

  /** Resolves with the place it turns to first when it next connects. */
  async turnsTo(): Promise<string | undefined> {
    const change = (event: XmppJsEvent) => event.type === 'status' && event.status === 'connecting';
    return ((await this.events.next('@xmpp/client to connect', change)) as { readonly place?: string }).place;
  }

  /** Resolves with what it says went wrong. */
  async fails(): Promise<string> {
    const failure = (event: XmppJsEvent) => event.type === 'error' || event.type === 'refused';
    return ((await this.events.next('@xmpp/client to fail', failure)) as { readonly text: string }).text;
  }

  /** Resolves with the next body it is told. */
  async hears(): Promise<string> {
    const message = (event: XmppJsEvent) => event.type === 'message';
    return ((await this.events.next('@xmpp/client to hear a message', message)) as { readonly body: string }).body;
  }

  /** Resolves with the id of the next message it gives up on. */
  async givesUp(): Promise<string> {
    const given = (event: XmppJsEvent) => event.type === 'lost';
    return ((await this.events.next('@xmpp/client to give up on a message', given)) as { readonly id: string }).id;
  }

  /** Resolves with the milliseconds it waits after it has become aware of its next loss. */
  async waitsAfterLoss(): Promise<number> {
    await this.becomes('disconnect');
    const timer = (event: XmppJsEvent) => event.type === 'timer' && event.milliseconds !== replyTimeout;
    const set = await this.events.next('@xmpp/client to wait', timer);
    return (set as { readonly milliseconds: number }).milliseconds;
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

/** How long it waits for an answer; that is no waiting for another attempt. */
const replyTimeout = 2000;
