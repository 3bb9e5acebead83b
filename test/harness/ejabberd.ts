/** A real ejabberd on the loopback, of one node or several, in a folder of its own that goes with it: no service of the machine is started or asked. */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../src/base/index.ts';
import { makeCertificates } from './certificates.ts';
import { startEjabberdNode, type EjabberdNode, type Ground } from './ejabberd-node.ts';
import { freePorts, start, type Program, type Run } from './processes.ts';

/** Where Erlang's nodes find each other. */
const epmd: Program = { name: 'epmd', debianPackage: 'ejabberd' };

export interface EjabberdSettings {
  /** Registered before it is handed over. Default: alice and bob. */
  readonly users?: readonly string[];
  readonly password?: string;
  readonly domain?: string;
  /** How passwords are kept; as text, each kind of proof can be made of them. Default: hashed with SHA-1. */
  readonly passwordHash?: 'sha' | 'sha256' | 'sha512' | 'none';
  /** The newest version of TLS it speaks. Default: the newest there is. */
  readonly tls?: '1.2';
  /** Seconds it keeps a broken session for resumption. */
  readonly resumption?: number;
  /** More than one are a cluster: each knows what the others know, but for the sessions it holds. Default 1. */
  readonly nodes?: number;
}

/** As itself, it is its first node. */
export interface Ejabberd extends EjabberdNode {
  readonly nodes: readonly EjabberdNode[];
  /** Ends every node, then what they found each other by. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Throws MissingProgram naming the Debian package. */
export async function startEjabberd(settings: EjabberdSettings = {}): Promise<Ejabberd> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-ejabberd-'));
  const nodes: EjabberdNode[] = [];
  let mapper: Run | undefined;
  const end = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await mapper?.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [mapperPort = 0] = await freePorts(1);
    mapper = start(epmd, ['-port', String(mapperPort), '-address', '127.0.0.1'], { cwd: folder });
    const ground = await lay(folder, mapperPort, settings);
    for (let nth = 0; nth < (settings.nodes ?? 1); nth += 1) {
      const node = await startEjabberdNode(ground, nth);
      nodes.push(node);
      if (nodes[0] !== node) await node.order('join_cluster', nodes[0]?.name ?? '');
    }
    const [first] = nodes;
    if (first === undefined) throw new Error('A server has at least one node');
    for (const user of settings.users ?? ['alice', 'bob'])
      await first.order('register', user, ground.domain, ground.password);
    return { ...first, nodes, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What the nodes have in common. */
async function lay(folder: string, mapperPort: number, settings: EjabberdSettings): Promise<Ground> {
  const { domain = 'localhost', password = 'secret', passwordHash = 'sha', tls, resumption = 300 } = settings;
  const { ca, keyFile, certificateFile } = await makeCertificates(join(folder, 'certs'), [domain]);
  // It wants both in one file.
  await appendFile(keyFile, await readFile(certificateFile));
  return { folder, mapperPort, cookie: newId(), domain, password, ca, pem: keyFile, passwordHash, tls, resumption };
}
