/** @xmpp/client, the other XMPP library for Node, in a process of its own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Run } from '../../test/harness/processes.ts';
import { bounded } from '../../test/harness/waiting.ts';
import { temporary } from '../temporary.ts';
import { Moments, type Person, type Subject } from './subject.ts';

/** From the root of the tree, where it finds the library. */
const script = join(process.cwd(), 'bench', 'subjects', 'xmpp-js-peer.mjs');

/** What one sign-in took, in milliseconds. */
export interface SignIn {
  /** Of a processor. */
  readonly cpu: number;
  readonly wall: number;
}

export interface XmppJs extends Subject {
  /** What each took, in their order. */
  readonly took: readonly SignIn[];
  /** Each time that it is back. */
  readonly signIns: Moments;
}

type Happened = { readonly type: 'signed-in' } & SignIn;

/** Resolves when it has signed in so many `times` and stays. */
export async function startXmppJs(person: Person, times: number): Promise<XmppJs> {
  const { path, remove } = temporary('xmpp-js');
  const authority = join(path, 'ca.pem');
  writeFileSync(authority, person.ca);
  const [username = '', domain = ''] = person.address.split('@');
  const settings = { service: `xmpp://${person.host}:${person.port}`, domain, username, times };
  const took: SignIn[] = [];
  const signIns = new Moments();
  let stays = (): void => {};
  const staying = new Promise<void>((resolve) => (stays = resolve));
  const run = new Run(process.execPath, [script, JSON.stringify(settings)], {
    input: `${person.password}\n`,
    keepInput: true,
    env: { NODE_EXTRA_CA_CERTS: authority },
    onLine(line) {
      const happened = JSON.parse(line) as Happened | { readonly type: 'back' | 'stays' };
      if (happened.type === 'signed-in') took.push({ cpu: happened.cpu, wall: happened.wall });
      else if (happened.type === 'back') signIns.happened();
      else stays();
    },
  });
  const end = async (): Promise<void> => {
    await run.end('SIGKILL');
    remove();
  };
  try {
    await bounded('@xmpp/client to be signed in', staying);
  } catch (error) {
    await end();
    throw error;
  }
  return { took, signIns, pids: () => [run.pid], end };
}
