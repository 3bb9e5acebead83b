/** A server that keeps files, over TLS on the loopback, which a test makes as rude as it likes. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AsyncDisposable } from '../../src/base/index.ts';
import { makeCertificates } from './certificates.ts';

export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer extends AsyncDisposable {
  /** `https://localhost:PORT` */
  readonly origin: string;
  readonly ca: string;
  /** Where the test may leave files; goes with the server. */
  readonly folder: string;
  /** Whole requests, as they came. */
  readonly visits: Visit[];
  /** What it does with the next requests. Default: it keeps what is put and gives it back. */
  answers: Answer | undefined;
}

export async function startFileServer(): Promise<FileServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-files-'));
  const { ca, keyFile, certificateFile } = await makeCertificates(join(folder, 'certs'), ['localhost']);
  const kept = new Map<string, Buffer>();
  const visits: Visit[] = [];
  const keep: Answer = (request, response) => {
    const path = request.url ?? '';
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('error', () => {});
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      visits.push({ method: request.method ?? '', path, headers: request.headers, body });
      if (request.method === 'PUT') {
        kept.set(path, body);
        return void response.writeHead(201).end();
      }
      const found = kept.get(path);
      if (found === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'Content-Length': found.length }).end(found);
    });
  };
  const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(certificateFile) });
  server.on('request', (request, response) => {
    response.on('error', () => {});
    (running.answers ?? keep)(request, response);
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: FileServer = {
    origin: `https://localhost:${(server.address() as AddressInfo).port}`,
    ca,
    folder,
    visits,
    answers: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return running;
}
