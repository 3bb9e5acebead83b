/** Serves the built window over the loopback with the headers of the browser shell, and a stage behind its bridge. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';
import { type AsyncDisposable, silentLog } from '../../src/base/index.ts';
import type { House } from '../../src/contracts/index.ts';
import { serveBridge } from '../../src/shell/bridge/index.ts';
import { pagesOf } from '../../src/shell/browser/pages.ts';
import { pageHeaders } from '../../src/shell/browser/policy.ts';
import { takingAddress, takingFrom, withFiles } from '../../src/shell/files.ts';
import { withPictures } from '../../src/shell/pictures.ts';
import { webPort } from '../../src/shell/browser/web-port.ts';

const built = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

export interface Served extends AsyncDisposable {
  readonly address: string;
  /** Cuts every line, as a program that ended would; until `answer(true)` nobody gets a new one. */
  answer(answers: boolean): void;
}

export async function serve(house: House): Promise<Served> {
  const pages = withFiles(
    withPictures(pagesOf(built), async () => house),
    async () => house,
  );
  const take = takingFrom(async () => house);
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === takingAddress)
      return void take(request).then(({ status, value }) => response.writeHead(status).end(JSON.stringify(value)));
    const page = pages.find((request.url ?? '/').split('?')[0]!);
    if (page === undefined) return void response.writeHead(404).end();
    page.read().then(
      ({ type, content }) => response.writeHead(200, { ...headers, 'Content-Type': type }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = pageHeaders(`connect-src 'self' ws://127.0.0.1:${port}`);
  const sockets = new WebSocketServer({ noServer: true });
  const open = new Set<WebSocket>();
  let answers = true;
  server.on('upgrade', (request, socket, head) => {
    if (!answers) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (line) => {
      open.add(line);
      line.on('close', () => open.delete(line));
      const serving = serveBridge(webPort(line, silentLog), house, silentLog);
      line.on('close', () => serving[Symbol.dispose]());
    });
  });
  const cut = (): void => {
    for (const line of open) line.terminate();
  };
  return {
    address: `http://127.0.0.1:${port}/`,
    answer(again) {
      answers = again;
      if (!again) cut();
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
