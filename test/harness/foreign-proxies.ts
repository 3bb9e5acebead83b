/** Proxies no one here wrote, on the loopback: microsocks speaks SOCKS 5, tinyproxy HTTP. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, start, type Run } from './processes.ts';
import { until } from './waiting.ts';

export interface ForeignProxy {
  readonly port: number;
  /** What it wrote down so far. */
  readonly told: string;
  [Symbol.asyncDispose](): Promise<void>;
}

export type StartProxy = (name: string, password: string) => Promise<ForeignProxy>;

/** Resolves when it listens. */
export const startMicrosocks: StartProxy = async (name, password) => {
  const [port = 0] = await freePorts(1);
  const args = ['-i', '127.0.0.1', '-p', String(port), '-u', name, '-P', password];
  return await listening(start({ name: 'microsocks', debianPackage: 'microsocks' }, args), port);
};

/** Resolves when it listens. */
export const startTinyproxy: StartProxy = async (name, password) => {
  const [port = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'kith-tinyproxy-'));
  const lines = [`Port ${port}`, 'Listen 127.0.0.1', 'Allow 127.0.0.1', 'LogLevel Connect', 'MaxClients 10'];
  await writeFile(join(folder, 'conf'), [...lines, `BasicAuth ${name} ${password}`, ''].join('\n'));
  const run = start({ name: 'tinyproxy', debianPackage: 'tinyproxy-bin' }, ['-d', '-c', join(folder, 'conf')]);
  return await listening(run, port, () => rm(folder, { recursive: true, force: true }));
};

async function listening(run: Run, port: number, after = async (): Promise<void> => {}): Promise<ForeignProxy> {
  const proxy: ForeignProxy = {
    port,
    get told() {
      return run.output + run.errors;
    },
    async [Symbol.asyncDispose]() {
      await run.end();
      await after();
    },
  };
  try {
    await until(`a proxy on port ${port}`, () => (run.exit ? Promise.reject(new Error(proxy.told)) : answers(port)));
  } catch (error) {
    await proxy[Symbol.asyncDispose]();
    throw error;
  }
  return proxy;
}

function answers(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (found: true | undefined): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(undefined));
  });
}
