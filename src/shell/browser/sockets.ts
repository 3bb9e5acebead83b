/** The WebSockets of windows. The library comes with the first of them, and none is opened before there is a house to talk to. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { asKithError, type AsyncDisposable, type Log } from '../../base/index.ts';
import type { House } from '../../contracts/index.ts';
import { serveBridge } from '../bridge/index.ts';
import { webPort } from './web-port.ts';

/** Longest frame a window may send, in bytes. */
const frameBound = 1024 * 1024;

export interface SocketDuties {
  house(): Promise<House>;
  readonly log: Log;
  /** A window has its snapshot. */
  onJoin(): void;
}

export interface WindowSockets extends AsyncDisposable {
  /** Takes over an upgrade that was let in. Without a house it is closed. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export function windowSockets({ house, log, onJoin }: SocketDuties): WindowSockets {
  let server: Promise<WebSocketServer> | undefined;
  return {
    upgrade(request, socket, head) {
      const refuse = (error: unknown): void => {
        log.warn('A window found no house', { code: asKithError(error).code });
        socket.destroy();
      };
      const gone = (): void => void socket.destroy();
      socket.once('error', gone);
      server ??= newServer();
      Promise.all([server, house()]).then(([sockets, standing]) => {
        socket.off('error', gone);
        if (socket.destroyed) return;
        sockets.handleUpgrade(request, socket, head, (web) => serveBridge(webPort(web, log), standing, log, onJoin));
      }, refuse);
    },
    async [Symbol.asyncDispose]() {
      const sockets = await server;
      for (const socket of sockets?.clients ?? []) socket.close(1001);
      sockets?.close();
    },
  };
}

async function newServer(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws');
  return new WebSocketServer({ noServer: true, maxPayload: frameBound, perMessageDeflate: false });
}
