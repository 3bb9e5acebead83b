/** A stream to a real server, and what it heard. */
import { connect, type Socket } from 'node:net';
import { silentLog, systemClock } from '../../src/base/index.ts';
import {
  type Element,
  newStream,
  ns,
  type Stream,
  type StreamEnd,
  type StreamSettings,
  xml,
} from '../../protocols/xmpp/stream/index.ts';
import { TestLoginMemory } from './test-login-memory.ts';
import { bounded, until } from './waiting.ts';

/** What a stream needs to know of a server. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly password: string;
  address(name: string): string;
}

export interface Meeting {
  readonly stream: Stream;
  readonly ended: Promise<StreamEnd>;
  readonly heard: readonly { readonly body: string; readonly number: number }[];
  /** How often the password was asked for. */
  readonly asked: { passwords: number };
  /** Waits until this was heard. */
  hears(body: string): Promise<{ readonly number: number }>;
  /** Sends, and resolves when the server has it. */
  say(to: string, body: string): Promise<void>;
  /** Takes the socket away without a word. */
  cut(): void;
}

export function message(to: string, body: string): Element {
  return xml('message', ns.stanzas, { to, type: 'chat', id: body.slice(0, 40) }, xml('body', ns.stanzas, {}, body));
}

export function meet(server: Place, name: string, special: Partial<StreamSettings> = {}): Meeting {
  let socket: Socket | undefined;
  const asked = { passwords: 0 };
  const stream = newStream(
    {
      address: server.address(name),
      resource: undefined,
      host: server.host,
      port: server.port,
      ca: server.ca,
      clock: systemClock,
      log: silentLog,
      memory: new TestLoginMemory(),
      trust: async () => false,
      ...special,
      async password() {
        asked.passwords += 1;
        return await (special.password?.() ?? server.password);
      },
    },
    { connectSocket: (host, port) => (socket = connect(port, host)) },
  );
  const heard: { readonly body: string; readonly number: number }[] = [];
  const listening = stream.onDidReceive(({ element, number }) => {
    if (element.name === 'message') heard.push({ body: element.child('body')?.text() ?? '', number });
  });
  const ended = new Promise<StreamEnd>((resolve) => {
    const ending = stream.onDidEnd((end) => {
      listening[Symbol.dispose]();
      ending[Symbol.dispose]();
      resolve(end);
    });
  });
  return {
    stream,
    ended,
    heard,
    asked,
    hears: (body) => until(`'${body.slice(0, 40)}'`, () => heard.find((each) => each.body === body)),
    say: (to, body) =>
      bounded('an acknowledgement', new Promise((resolve) => stream.send(message(to, body), () => resolve()))),
    cut: () => socket?.destroy(),
  };
}
