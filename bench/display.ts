/** An X server without a screen, and an ear on it for the first window that a person would call one (X Window System Protocol, X11R6). */
import { connect, type Socket } from 'node:net';
import { start, type Program, type Run } from '../test/harness/processes.ts';
import { bounded, until } from '../test/harness/waiting.ts';

const xvfb: Program = { name: 'Xvfb', debianPackage: 'xvfb' };

const CHANGE_WINDOW_ATTRIBUTES = 2;
const EVENT_MASK = 1 << 11;
const SUBSTRUCTURE_NOTIFY = 1 << 19;
const CREATE_NOTIFY = 16;
const MAP_NOTIFY = 19;
const CONFIGURE_NOTIFY = 22;
const EVENT_SIZE = 32;
/** Programs also make small windows nobody sees. */
const VISIBLE = { width: 200, height: 150 };

export interface Display {
  /** The value of DISPLAY. */
  readonly name: string;
  /** Resolves with performance.now() at the moment the next window of a visible size is mapped. */
  nextWindow(): Promise<number>;
  end(): Promise<void>;
}

export async function openDisplay(): Promise<Display> {
  const server = start(xvfb, ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp']);
  const number = await until('the X server', () => /^(\d+)\n/.exec(server.output)?.[1]);
  const ear = new WindowEar(connect(`/tmp/.X11-unix/X${number}`));
  await ear.listening;
  return {
    name: `:${number}`,
    nextWindow: () => bounded('a window', ear.next(), 60_000),
    end: () => endBoth(ear, server),
  };
}

async function endBoth(ear: WindowEar, server: Run): Promise<void> {
  ear.close();
  await server.end();
}

class WindowEar {
  readonly listening: Promise<void>;
  readonly #socket: Socket;
  readonly #sizes = new Map<number, { width: number; height: number }>();
  readonly #waiting = new Set<(at: number) => void>();
  #bytes = Buffer.alloc(0);
  #greeted = false;
  #welcome: () => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.listening = new Promise((resolve) => (this.#welcome = resolve));
    socket.on('data', (data: Buffer) => this.#take(data));
    // The server going away is how every run ends.
    socket.on('error', () => socket.destroy());
    const greeting = Buffer.alloc(12);
    greeting.write('l', 0);
    greeting.writeUInt16LE(11, 2);
    socket.write(greeting);
  }

  next(): Promise<number> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    if (!this.#greeted) this.#greet();
    while (this.#greeted && this.#bytes.length >= EVENT_SIZE) {
      this.#hear(this.#bytes.subarray(0, EVENT_SIZE));
      this.#bytes = this.#bytes.subarray(EVENT_SIZE);
    }
  }

  /** Reads the server's description up to its first screen, and asks to hear of that screen's windows. */
  #greet(): void {
    if (this.#bytes.length < 8) return;
    const length = 8 + this.#bytes.readUInt16LE(6) * 4;
    if (this.#bytes.length < length) return;
    const vendor = Math.ceil(this.#bytes.readUInt16LE(24) / 4) * 4;
    const formats = this.#bytes.readUInt8(29) * 8;
    const root = this.#bytes.readUInt32LE(40 + vendor + formats);
    this.#bytes = this.#bytes.subarray(length);
    this.#greeted = true;
    const ask = Buffer.alloc(16);
    ask.writeUInt8(CHANGE_WINDOW_ATTRIBUTES, 0);
    ask.writeUInt16LE(4, 2);
    ask.writeUInt32LE(root, 4);
    ask.writeUInt32LE(EVENT_MASK, 8);
    ask.writeUInt32LE(SUBSTRUCTURE_NOTIFY, 12);
    this.#socket.write(ask, () => this.#welcome());
  }

  #hear(event: Buffer): void {
    const kind = event.readUInt8(0) & 0x7f;
    const window = event.readUInt32LE(8);
    if (kind === CREATE_NOTIFY)
      this.#sizes.set(window, { width: event.readUInt16LE(16), height: event.readUInt16LE(18) });
    if (kind === CONFIGURE_NOTIFY)
      this.#sizes.set(window, { width: event.readUInt16LE(20), height: event.readUInt16LE(22) });
    const size = this.#sizes.get(window);
    if (kind !== MAP_NOTIFY || size === undefined || size.width < VISIBLE.width || size.height < VISIBLE.height) return;
    const now = performance.now();
    for (const resolve of this.#waiting) resolve(now);
    this.#waiting.clear();
  }
}
