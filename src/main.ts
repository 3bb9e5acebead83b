/** The composition root: the only file that knows everyone. What a start does not need is not loaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asKithError, KithError, systemClock, type Log } from './base/index.ts';
import {
  secretsModes,
  type AccountDraft,
  type House,
  type ProtocolFace,
  type SecretsMode,
  type Store,
} from './contracts/index.ts';
import type { ProtocolId } from './domain/index.ts';
import { exitCodes, helpFor, ownTerminal, readCommand, type Command } from './shell/cli/index.ts';
import { makePlaces, placesOf, type Places } from './shell/profile.ts';
import type { Terminal } from './shell/terminal.ts';

/** dist/, whether this file runs bundled there or from its source. */
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const settingOfSecrets = 'secrets';

/** `line` is the command line after the program's name. Sets the exit code; ends the process itself after a start. */
export async function main(line: readonly string[]): Promise<void> {
  // Whatever this process writes is for its owner's eyes.
  process.umask(0o077);
  const terminal = ownTerminal();
  try {
    const command = readCommand(line);
    if (command.kind === 'help') terminal.say(helpFor(command.verb));
    else if (command.kind === 'version') terminal.say(`kith ${version()}`);
    else if (command.kind === 'verb') process.exitCode = await act(command, terminal);
    else process.exit(await start(command, terminal));
  } catch (error) {
    const { code, message } = asKithError(error);
    terminal.remark(`kith: ${message}`);
    process.exitCode = exitCodes[code];
    if (process.versions['electron'] !== undefined) process.exit();
  }
}

async function act({ verb, given }: Command & { kind: 'verb' }, terminal: Terminal): Promise<number> {
  const places = placesOf(terminal.env, terminal.home, given.flag('profile'));
  const { runVerb } = await import('./shell/cli/run-verb.ts');
  return runVerb(verb, given, {
    places,
    terminal,
    openHouse: async ({ online, secrets }) => {
      const { openLogFile } = await import('./shell/log-file.ts');
      const { log } = openLogFile(makePlaces(places).log);
      return openWholeHouse({ places, log, online, person: !online, ...(secrets === undefined ? {} : { secrets }) });
    },
  });
}

async function start({ given, link }: Command & { kind: 'start' }, terminal: Terminal): Promise<number> {
  const { runSession } = await import('./shell/session.ts');
  const { listenForEnd } = await import('./shell/ends.ts');
  const { openLogFile } = await import('./shell/log-file.ts');
  const windowed = given.flag('headless') === undefined;
  const demo = given.flag('demo');
  const secrets = demo === undefined ? (given.flag('secrets') as SecretsMode | undefined) : 'memory';
  const away = demo === undefined ? undefined : (await import('./shell/throw-away.ts')).throwAwayFolder();
  const places = makePlaces(placesOf(terminal.env, terminal.home, away?.path ?? given.flag('profile')));
  const file = openLogFile(places.log, given.flag('verbose') === undefined ? 'info' : 'debug');
  const { log } = file;
  try {
    return await runSession({
      places,
      terminal,
      clock: systemClock,
      log,
      windowed,
      ...(link === undefined ? {} : { link }),
      openHouse: async () => {
        log.info('Kith begins', { version: version(), pid: process.pid, node: process.versions.node });
        const house = await openWholeHouse({
          places,
          log,
          online: true,
          person: windowed,
          ...(secrets === undefined ? {} : { secrets }),
        });
        if (demo !== undefined) await house.ask('demo.start', {});
        return house;
      },
      openShell: async (house) => {
        if (process.versions['electron'] !== undefined) {
          const { openElectronShell } = await import('./shell/electron/index.ts');
          return openElectronShell({ house, dist, log });
        }
        const { openBrowserShell } = await import('./shell/browser/index.ts');
        return openBrowserShell({ house, places, renderer: join(dist, 'renderer'), terminal, clock: systemClock, log });
      },
      listenForEnd: (end) => listenForEnd(end, terminal, log),
    });
  } finally {
    file[Symbol.dispose]();
    away?.[Symbol.dispose]();
  }
}

interface Opening {
  readonly places: Places;
  readonly log: Log;
  /** False: nothing reaches the network. */
  readonly online: boolean;
  /** True when a person is there to be asked for a password. */
  readonly person: boolean;
  readonly secrets?: SecretsMode;
}

/** The house with its store, which closes with it. */
async function openWholeHouse({ places, log, online, person, secrets: wanted }: Opening): Promise<House> {
  const [{ openHouse }, { openStore }, { openSecrets }, host, faces] = await Promise.all([
    import('./core/index.ts'),
    import('./storage/index.ts'),
    import('./secrets/index.ts'),
    online ? import('./host/index.ts') : undefined,
    allFaces(),
  ]);
  const { restingHost } = await import('./shell/resting-host.ts');
  const store = openStore(places.profile, { log: log.named('storage'), clock: systemClock });
  try {
    const faceOf = new Map(faces.map((face) => [face.manifest.id, face]));
    const remembered = rememberedMode(store);
    const open = (mode: SecretsMode, passphrase?: string) =>
      openSecrets(mode, { folder: places.profile, askPassphrase: answerWith(passphrase) });
    const house = await openHouse({
      store,
      secrets: open(firstMode(wanted, remembered, person)),
      chooseSecrets: async (mode, passphrase) => open(mode, passphrase),
      hosts: (protocol, duties) => {
        const face = faceOf.get(protocol);
        if (face === undefined) throw new KithError('not-supported', `This Kith does not speak ${protocol}`);
        const entry = join(dist, 'protocols', `${protocol}.js`);
        return host === undefined
          ? restingHost(face, log)
          : host.workerHost({ face, entry, duties, clock: systemClock, log });
      },
      faces,
      clock: systemClock,
      log: log.named('core'),
      version: version(),
      demo: { accounts: demoAccounts },
    });
    const chosen = house.onDidChange(({ events }) => {
      for (const event of events)
        if (event.type === 'secrets-changed') store.saveSetting(settingOfSecrets, event.secrets);
    });
    return {
      ...house,
      async [Symbol.asyncDispose]() {
        chosen[Symbol.dispose]();
        await house[Symbol.asyncDispose]();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

async function allFaces(): Promise<readonly ProtocolFace[]> {
  const [xmpp, testbed] = await Promise.all([
    import('../protocols/xmpp/manifest.ts'),
    import('../protocols/testbed/manifest.ts'),
  ]);
  return [xmpp.face, testbed.face];
}

const demoAccounts: readonly AccountDraft[] = [
  { protocol: 'testbed' as ProtocolId, address: 'you@testbed', parameters: { town: true } },
];

function rememberedMode(store: Store): SecretsMode | undefined {
  const kept = store.setting(settingOfSecrets);
  return secretsModes.find((mode) => mode === kept);
}

/** What the command line says, else what was chosen before; 'ask' makes no sense where nobody is. */
function firstMode(wanted: SecretsMode | undefined, remembered: SecretsMode | undefined, person: boolean): SecretsMode {
  const mode = wanted ?? remembered ?? 'ask';
  return mode === 'ask' && !person ? 'memory' : mode;
}

/** The passphrase that came with the choice, once; then nobody knows another. */
function answerWith(passphrase: string | undefined): () => Promise<string> {
  let next = passphrase;
  return async () => {
    const answer = next;
    next = undefined;
    if (answer === undefined) throw new KithError('password-needed', 'The passphrase of the sealed file is needed');
    return answer;
  };
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
