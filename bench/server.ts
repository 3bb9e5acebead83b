/** A real Prosody with people whose lists are as long as a trial wants, and one counterparty for all their contacts. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startProsody, type Prosody } from '../test/harness/prosody.ts';
import { freePorts } from '../test/harness/processes.ts';
import { family, settled, wordsOf } from './processes.ts';
import { pause, systemClock } from '../src/base/index.ts';
import { until } from '../test/harness/waiting.ts';
import { Counterparty } from './counterparty.ts';
import { dial } from './dial.ts';
import type { Person } from './subjects/subject.ts';
import { temporary } from './temporary.ts';

const contactsDomain = 'contacts.localhost';
/** The same people once more on a host without TLS: haze trusts no certificate that nobody is there to accept. */
const openDomain = 'open.localhost';

export interface Server {
  readonly others: Counterparty;
  /** Whoever has `contacts` contacts. `open`: on the host without TLS. */
  person(contacts: number, how?: { readonly open?: boolean }): Person;
  readonly contactsDomain: string;
  /** It is gone without a word, for so many milliseconds; resolves with performance.now() when it takes connections again. Its contacts are not there any more. */
  vanish(milliseconds: number): Promise<number>;
  /** Resolves when the server has nothing left to do. */
  calm(): Promise<void>;
  stop(): Promise<void>;
}

/** Without an archive, nobody finds in the next round what the other was told in the last one. */
export async function startServer(sizes: readonly number[]): Promise<Server> {
  const { path: data, remove } = temporary('server');
  const [port = 0] = await freePorts(1);
  const secret = 'among ourselves';
  let prosody: Prosody | undefined;
  try {
    prosody = await startProsody({
      users: sizes.map((size) => `people${size}`),
      domains: ['localhost'],
      mam: false,
      config: `
        data_path = ${JSON.stringify(data)}
        component_ports = { ${port} }
        component_interfaces = { "127.0.0.1" }
        VirtualHost "${openDomain}"
          modules_disabled = { "tls" }
          c2s_require_encryption = false
        Component "${contactsDomain}"
          component_secret = "${secret}"
      `,
    });
    for (const [host, encoded] of [
      ['localhost', 'localhost'],
      [openDomain, openDomain.replace('.', '%2e')],
    ] as const) {
      const folder = join(data, encoded, 'roster');
      mkdirSync(folder, { recursive: true });
      for (const size of sizes) {
        writeFileSync(join(folder, `people${size}.dat`), roster(size));
        if (host === openDomain) await prosody.register(`people${size}`, prosody.password, host);
      }
    }
    const others = await Counterparty.connect(port, contactsDomain, secret);
    const running = prosody;
    const pids = family(process.pid).filter((pid) => wordsOf(pid).some((word) => word.endsWith('prosody.cfg.lua')));
    const { port: peoplePort, ca, caFile, password } = prosody;
    const certificate = readFileSync(join(dirname(caFile), 'server.crt'), 'utf8');
    return {
      others,
      person: (contacts, { open = false } = {}) => ({
        address: `people${contacts}@${open ? openDomain : 'localhost'}`,
        contacts,
        password,
        host: '127.0.0.1',
        port: peoplePort,
        ca,
        certificate,
        encrypted: !open,
      }),
      contactsDomain,
      async vanish(milliseconds) {
        await running.kill();
        await pause(systemClock, milliseconds);
        const restarted = running.restart();
        const back = until('the server to be back', () => dial(peoplePort), { every: 2 });
        (await back).destroy();
        const at = performance.now();
        await restarted;
        return at;
      },
      calm: () => settled(() => pids),
      async stop() {
        others.leave();
        await running.stop();
        remove();
      },
    };
  } catch (error) {
    await prosody?.stop();
    remove();
    throw error;
  }
}

/** As Prosody's internal storage writes a list: a Lua table, read when its owner signs in. */
function roster(size: number): string {
  let items = '';
  for (let index = 0; index < size; index += 1)
    items += `["contact${index}@${contactsDomain}"] = { subscription = "both"; name = "Contact ${index}"; groups = { ["Group ${index % 10}"] = true }; };\n`;
  return `return { [false] = { version = 1; }; ${items} };\n`;
}
