/** A person who uses profanity, an XMPP program for the terminal no one here wrote: its keys are pressed and its screen is read. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, run, type Program } from './processes.ts';
import type { Prosody } from './prosody.ts';
import { until } from './waiting.ts';

const tmux: Program = { name: 'tmux', debianPackage: 'tmux' };
const profanity: Program = { name: 'profanity', debianPackage: 'profanity' };

export interface Profanity {
  /** Types a line and presses Enter. */
  type(line: string): Promise<void>;
  /** The screen, line by line, without the blanks at the ends. */
  screen(): Promise<string>;
  /** Resolves when the screen shows it. */
  shows(what: string | RegExp): Promise<void>;
  end(): Promise<void>;
}

/** Resolves when it is online. Receipts are asked for and given. */
export async function startProfanity(server: Prosody, name: string): Promise<Profanity> {
  const home = await mkdtemp(join(tmpdir(), 'kith-profanity-'));
  const socket = join(home, 'tmux');
  const inTmux = (...words: readonly string[]) => run(tmux, ['-S', socket, '-f', '/dev/null', ...words]);
  const endWithUs = (): void => void spawnSync(findProgram(tmux), ['-S', socket, 'kill-server']);
  await settle(home, server, name);
  const environment = [
    `HOME=${home}`,
    `XDG_CONFIG_HOME=${home}/config`,
    `XDG_DATA_HOME=${home}/data`,
    'LC_ALL=C.UTF-8',
  ];
  const settings = environment.flatMap((setting) => ['-e', setting]);
  process.once('exit', endWithUs);
  const command = `exec ${findProgram(profanity)} -a ${name}`;
  await inTmux('new-session', '-d', '-s', name, '-x', '160', '-y', '50', ...settings, command);

  const screen = () => inTmux('capture-pane', '-p', '-J', '-t', name);
  const person: Profanity = {
    screen,
    async type(line) {
      await inTmux('send-keys', '-t', name, '-l', '--', line);
      await inTmux('send-keys', '-t', name, 'Enter');
    },
    async shows(what) {
      let last = '';
      const look = async () => {
        last = await screen();
        return (typeof what === 'string' ? last.includes(what) : what.test(last)) ? true : undefined;
      };
      await until(`profanity to show ${what}`, look, { every: 100 }).catch((error: unknown) => {
        throw new Error(`Its screen, instead:\n${last}`, { cause: error });
      });
    },
    async end() {
      process.off('exit', endWithUs);
      await inTmux('kill-server');
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await person.shows(/logged in successfully/);
    return person;
  } catch (error) {
    await person.end();
    throw error;
  }
}

/** What profanity reads when it starts. Its keyfiles are those of GLib: a line break in a value would be written \n. */
async function settle(home: string, server: Prosody, name: string): Promise<void> {
  const config = join(home, 'config/profanity');
  const data = join(home, 'data/profanity');
  for (const folder of [config, data]) await mkdir(folder, { recursive: true });
  const switches = [
    '[ui]',
    'splash=false',
    'intype=true',
    '[connection]',
    '[receipts]',
    'request=true',
    'send=true',
    '[chatstates]',
    'enabled=true',
    'outtype=true',
    '[notifications]',
    'message=false',
    'sub=false',
  ];
  await writeFile(join(config, 'profrc'), `${switches.join('\n')}\n`);
  const account = [
    `[${name}]`,
    'enabled=true',
    `jid=${server.address(name)}`,
    'resource=profanity',
    `server=${server.host}`,
    `port=${server.port}`,
    `password=${server.password}`,
    'tls.policy=trust',
  ];
  await writeFile(join(data, 'accounts'), `${account.join('\n')}\n`, { mode: 0o600 });
}
