/** The window's end of the bridge: JSON values out, JSON values in, and word when it is over. */
import { type Disposable, disposable, Emitter, type Event, KithError } from '../../src/base/index.ts';
import type { Answering, Asking } from '../../src/contracts/index.ts';

export interface Port extends Disposable {
  say(asking: Asking): void;
  readonly onDidHear: Event<Answering>;
  /** Fires once. What was asked and not answered will not be. */
  readonly onDidClose: Event<void>;
}

/** Opens a way to the house. Rejects with KithError('network') when nobody is there. */
export type OpenPort = () => Promise<Port>;

const complain = (error: unknown): void => reportError(error);

/** In a browser: the socket of the server this page came from. Its cookie lets us in. */
export const openSocket: OpenPort = () =>
  new Promise((resolve, reject) => {
    const place = new URL('bridge', location.href);
    place.protocol = place.protocol === 'https:' ? 'wss:' : 'ws:';
    place.hash = '';
    place.search = '';
    const socket = new WebSocket(place);
    const heard = new Emitter<Answering>(complain);
    const closed = new Emitter<void>(complain);
    socket.addEventListener('message', ({ data }) => heard.fire(JSON.parse(String(data)) as Answering));
    socket.addEventListener('close', () => {
      reject(new KithError('network', 'Kith does not answer'));
      closed.fire();
    });
    socket.addEventListener('open', () =>
      resolve({
        say: (asking) => socket.send(JSON.stringify(asking)),
        onDidHear: heard.event,
        onDidClose: closed.event,
        ...disposable(() => socket.close()),
      }),
    );
  });

/** Values cross a message port as they are; text is accepted too, so one serving end may write for both. */
export function portOver(end: MessagePort): Port {
  const heard = new Emitter<Answering>(complain);
  const closed = new Emitter<void>(complain);
  end.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    heard.fire((typeof data === 'string' ? JSON.parse(data) : data) as Answering),
  );
  end.addEventListener('close', () => closed.fire());
  end.start();
  return {
    say: (asking) => end.postMessage(asking),
    onDidHear: heard.event,
    onDidClose: closed.event,
    ...disposable(() => end.close()),
  };
}

/** In Electron: the preload posts the port once. A second opening waits for the next one, which a new main process would post. */
export const openPosted: OpenPort = () =>
  new Promise((resolve) => {
    const listen = ({ data, ports, source }: MessageEvent<unknown>): void => {
      const given = ports[0];
      if (data !== 'kith-port' || source !== window || given === undefined) return;
      removeEventListener('message', listen);
      resolve(portOver(given));
    };
    addEventListener('message', listen);
  });
