/** The composition root: the only file that knows everyone. What a start does not need is not loaded. */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  asKithError,
  AsyncDisposableStack,
  DisposableStack,
  ignore,
  KithError,
  newId,
  silentLog,
  systemClock,
  type Log,
} from './base/index.ts';
import {
  secretsModes,
  type AccountDraft,
  type FileRoom,
  type House,
  type ProtocolFace,
  type ProtocolManifest,
  type SecretsMode,
  type Store,
} from './contracts/index.ts';
import { largestFetched, type ProtocolId } from './domain/index.ts';
import type { AskPassphrase } from './secrets/index.ts';
import { exitCodes, helpFor, ownTerminal, passphraseAt, readCommand, type Command } from './shell/cli/index.ts';
import { heldStore, type HeldStore } from './shell/held-store.ts';
import { makePlaces, placesOf, type Places } from './shell/profile.ts';
import type { RunningKith } from './shell/socket/index.ts';
import { stayAlive } from './shell/stay-alive.ts';
import type { Terminal } from './shell/terminal.ts';
import { throwAwayFolder } from './shell/throw-away.ts';

/** dist/, whether this file runs bundled there or from its source. */
const dist = fileURLToPath(new URL('../dist', import.meta.url));
/** A worker starts from a file: where the rest lies in an archive, the workers lie beside it. */
const workers = join(dist.replace(/\.asar(?=\/|$)/, '.asar.unpacked'), 'protocols');
const settingOfSecrets = 'secrets';

/** Whether a person's window is drawn by Electron: then this file runs inside it. */
const inElectron = process.versions['electron'] !== undefined;

/** `line` is the command line after the program's name. Sets the exit code; ends the process itself after a start. */
export async function main(line: readonly string[], onPlaces: (places: Places) => void = () => {}): Promise<void> {
  // Whatever this process writes is for its owner's eyes.
  process.umask(0o077);
  const terminal = ownTerminal();
  const alive = stayAlive();
  try {
    const command = readCommand(line);
    if (command.kind === 'help') terminal.say(helpFor(command.verb, await manifests()));
    else if (command.kind === 'version') terminal.say(`kith ${version()}`);
    else if (command.kind === 'verb') process.exitCode = await act(command, terminal);
    else process.exit(await start(command, terminal, onPlaces));
  } catch (error) {
    const { code, message } = asKithError(error);
    terminal.remark(`kith: ${message}`);
    process.exitCode = exitCodes[code];
  }
  alive[Symbol.dispose]();
  if (inElectron) process.exit();
}

async function act({ verb, given }: Command & { kind: 'verb' }, terminal: Terminal): Promise<number> {
  const places = placesOf(terminal.env, terminal.home, given.flag('profile'));
  const { runVerb } = await import('./shell/cli/run-verb.ts');
  return runVerb(verb, given, {
    terminal,
    findRunning: () => runningOn(places, silentLog),
    protocols: manifests,
    takeFile: async (bytes) => (await fileRoomOf(makePlaces(places))).take(bytes, largestFetched),
    openHouse: async ({ online, secrets }) => {
      const { openLogFile } = await import('./shell/log-file.ts');
      const { log } = openLogFile(makePlaces(places).log);
      const askPassphrase = askAt(terminal);
      const person = !online || terminal.interactive;
      const chosen = secrets === undefined ? {} : { secrets };
      return openWholeHouse({ places, log, online, person, askPassphrase, ...chosen }, terminal);
    },
  });
}

/** Everything up to the first wait happens at once: Electron must hear of the folders before it is ready. */
async function start(
  { given, link }: Command & { kind: 'start' },
  terminal: Terminal,
  onPlaces: (places: Places) => void,
): Promise<number> {
  const windowed = given.flag('headless') === undefined;
  const demo = given.flag('demo');
  const away = demo === undefined ? undefined : throwAwayFolder();
  const places = makePlaces(placesOf(terminal.env, terminal.home, away?.path ?? given.flag('profile')));
  onPlaces(places);
  const [{ runSession }, { listenForEnd }, { openLogFile }] = await Promise.all([
    import('./shell/session.ts'),
    import('./shell/ends.ts'),
    import('./shell/log-file.ts'),
    // What comes right after them is read from the disk in the same breath.
    import('./storage/index.ts'),
    windowed && !inElectron ? import('./shell/browser/index.ts') : undefined,
  ]);
  const secrets = given.flag('secrets') as SecretsMode | undefined;
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
      findRunning: () => runningOn(places, log),
      holdProfile: async () => {
        log.info('Kith begins', { version: version(), pid: process.pid, node: process.versions.node });
        const held = await holdStore(places, log, terminal);
        return {
          async openHouse(connectAfter) {
            const opening: Opening = {
              places,
              log,
              online: true,
              person: windowed,
              ...(connectAfter === undefined ? {} : { connectAfter }),
            };
            return held.open((store) => {
              if (demo === 'prosody') return openServedDemo(store, opening, terminal);
              if (demo !== undefined) return openDemo(store, opening);
              return openHouseOver(store, secrets === undefined ? opening : { ...opening, secrets });
            });
          },
          [Symbol.dispose]: () => held[Symbol.dispose](),
        };
      },
      openShell: async (house) => {
        if (inElectron) {
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

/** The Kith that has this profile open. Who that is is looked up only when it does not answer. */
async function runningOn({ profile }: Places, log: Log): Promise<RunningKith | undefined> {
  const { findRunning } = await import('./shell/socket/index.ts');
  const holder = async () => (await import('./storage/index.ts')).holderIn(profile);
  return findRunning(profile, { log, clock: systemClock, holder });
}

interface Opening {
  readonly places: Places;
  readonly log: Log;
  /** False: nothing reaches the network. */
  readonly online: boolean;
  /** True when a person is there to be asked for a password. */
  readonly person: boolean;
  /** What the command line says; it is moved to and remembered. */
  readonly secrets?: SecretsMode;
  /** Where there is no window: another way to ask for the passphrase of the sealed file. */
  readonly askPassphrase?: AskPassphrase;
  /** What goes before the accounts connect. */
  readonly connectAfter?: Promise<void>;
  /** What 'try it here' adds; the town when left out. */
  readonly demo?: readonly AccountDraft[];
}

/** Throws 'profile-in-use', 'profile-newer' or 'disk'. */
async function holdStore(places: Places, log: Log, terminal: Terminal): Promise<HeldStore> {
  const { isDamaged, openStore } = await import('./storage/index.ts');
  const take = (): Store => {
    const taken = openStore(places.profile, { log: log.named('storage'), clock: systemClock });
    if (taken.damage !== undefined) terminal.remark(`kith: ${taken.damage}`);
    return taken;
  };
  return heldStore(take, isDamaged);
}

/** Also of a profile that another Kith holds: what is laid there is told to it by name. */
async function fileRoomOf({ profile, downloads }: Places): Promise<FileRoom> {
  const [{ openFileRoom }, { openOutside }] = await Promise.all([
    import('./storage/index.ts'),
    import('./shell/open-outside.ts'),
  ]);
  const hand = (path: string): Promise<void> => openOutside(path, ownTerminal().env);
  return openFileRoom({ folder: join(profile, 'files'), downloads, hand, clock: systemClock });
}

/** The house with its store, which closes with it. */
async function openWholeHouse(opening: Opening, terminal: Terminal): Promise<House> {
  const held = await holdStore(opening.places, opening.log, terminal);
  try {
    return andThen(await held.open((store) => openHouseOver(store, opening)), () => held[Symbol.dispose]());
  } catch (error) {
    held[Symbol.dispose]();
    throw error;
  }
}

async function openHouseOver(store: Store, opening: Opening): Promise<House> {
  const { places, log, online, person } = opening;
  const [{ openHouse }, { openSecrets }, { plugin: shortcuts }, host, faces] = await Promise.all([
    import('./core/index.ts'),
    import('./secrets/index.ts'),
    import('../plugins/shortcuts/index.ts'),
    online ? import('./host/index.ts') : undefined,
    allFaces(),
  ]);
  const { restingHost } = await import('./shell/resting-host.ts');
  const faceOf = new Map(faces.map((face) => [face.manifest.id, face]));
  const remembered = rememberedMode(store);
  const first = firstMode(remembered ?? opening.secrets, person);
  let askPerson: AskPassphrase = nobodyKnows;
  const open = (mode: SecretsMode, passphrase?: string) => {
    const askPassphrase = passphrase === undefined ? askPerson : answerWith(passphrase);
    return openSecrets(mode, { folder: places.profile, askPassphrase });
  };
  const house = await openHouse({
    store,
    files: await fileRoomOf(places),
    secrets: (asked) => {
      askPerson = opening.askPassphrase ?? asked;
      return open(first);
    },
    chooseSecrets: async (mode, passphrase) => open(mode, passphrase),
    hosts: (protocol, duties) => {
      const face = faceOf.get(protocol);
      if (face === undefined) throw new KithError('not-supported', `This Kith does not speak ${protocol}`);
      const entry = join(workers, `${protocol}.js`);
      return host === undefined
        ? restingHost(face, log)
        : host.workerHost({ face, entry, duties, clock: systemClock, log });
    },
    faces,
    clock: systemClock,
    log: log.named('core'),
    networkAddresses,
    version: version(),
    runsOn: runsOn(),
    plugins: [shortcuts],
    demo: { accounts: opening.demo ?? demoAccounts },
    ...(opening.connectAfter === undefined ? {} : { connectAfter: opening.connectAfter }),
  });
  const chosen = house.onDidChange(({ events }) => {
    for (const event of events)
      if (event.type === 'secrets-changed') store.saveSetting(settingOfSecrets, event.secrets);
  });
  const whole = andThen(house, () => chosen[Symbol.dispose]());
  try {
    if (opening.secrets !== undefined) {
      if (opening.secrets === first) store.saveSetting(settingOfSecrets, opening.secrets);
      else await moveSecrets(house, opening.secrets, log);
    }
    return whole;
  } catch (error) {
    await whole[Symbol.asyncDispose]();
    throw error;
  }
}

/** Moves the passwords. Where a passphrase has to be asked for first, it goes on beside the start: the window that asks is yet to come. */
async function moveSecrets(house: House, mode: SecretsMode, log: Log): Promise<void> {
  const moving = house.ask('secrets.choose', { mode });
  ignore(moving, 'The passwords stay where they were', log);
  const hearing = new DisposableStack();
  const asking = new Promise<void>((resolve) => {
    const look = (): void => {
      if (house.snapshot().questions.some(({ kind }) => kind === 'passphrase')) resolve();
    };
    hearing.use(house.onDidChange(look));
    look();
  });
  await Promise.race([moving, asking]).finally(() => hearing[Symbol.dispose]());
}

/** The same house; `last` runs when it has ended. */
function andThen(house: House, last: () => PromiseLike<void> | void): House {
  return {
    ...house,
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]();
      await last();
    },
  };
}

async function openDemo(store: Store, opening: Opening): Promise<House> {
  const house = await openHouseOver(store, { ...opening, secrets: 'memory' });
  await house.ask('demo.start', {});
  return house;
}

/** The demo over a real server: its people live in a second house, with its own profile inside the throw-away one. */
async function openServedDemo(store: Store, opening: Opening, terminal: Terminal): Promise<House> {
  const { cast, draftOf, playCast, self, startServer } = await import('./shell/demo/index.ts');
  const ending = new AsyncDisposableStack();
  const { log, places } = opening;
  const password = newId();
  const under = (name: string): Places => makePlaces(placesOf({}, '', join(places.profile, name)));
  try {
    const folder = under('server').profile;
    const server = ending.use(
      await startServer({ folder, password, env: terminal.env, clock: systemClock, log: log.named('demo') }),
    );
    const town = ending.use(
      await openWholeHouse({ ...opening, places: under('town'), log: silentLog, secrets: 'memory' }, terminal),
    );
    const drafts = cast.map(({ name }) => draftOf(name, server, password));
    ending.use(await playCast(town, drafts, systemClock, log.named('demo')));
    const accounts = [draftOf(self, server, password)];
    const house = ending.use(await openDemo(store, { ...opening, demo: accounts }));
    return { ...house, [Symbol.asyncDispose]: () => ending[Symbol.asyncDispose]() };
  } catch (error) {
    await ending[Symbol.asyncDispose]();
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

const manifests = async (): Promise<readonly ProtocolManifest[]> => (await allFaces()).map(({ manifest }) => manifest);

const demoAccounts: readonly AccountDraft[] = [
  {
    protocol: 'testbed' as ProtocolId,
    address: 'juliet@capulet.testbed',
    name: 'Juliet Capulet',
    parameters: { town: true },
  },
];

function rememberedMode(store: Store): SecretsMode | undefined {
  const kept = store.setting(settingOfSecrets);
  return secretsModes.find((mode) => mode === kept);
}

/** Where nothing was chosen a person is asked; 'ask' makes no sense where nobody is. */
function firstMode(chosen: SecretsMode = 'ask', person: boolean): SecretsMode {
  return chosen === 'ask' && !person ? 'memory' : chosen;
}

/** The passphrase that came with the choice; if it is refused, nobody knows another. */
function answerWith(passphrase: string): AskPassphrase {
  return async (why) => (why === 'refused' ? nobodyKnows() : passphrase);
}

async function nobodyKnows(): Promise<never> {
  throw new KithError('password-needed', 'The passphrase of the sealed file is needed, and nobody is here to ask');
}

function askAt(terminal: Terminal): AskPassphrase {
  if (!terminal.interactive) return nobodyKnows;
  return passphraseAt(terminal);
}

function networkAddresses(): string {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  return all.flatMap(({ internal, address }) => (internal ? [] : [address])).join(' ');
}

/** What a report of something wrong has to name. */
function runsOn(): readonly string[] {
  const { electron, node, openssl } = process.versions;
  return [...(electron === undefined ? [] : [`Electron ${electron}`]), `Node ${node}`, `OpenSSL ${openssl}`];
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

if (inElectron) {
  // Awaited here, so that it is done before Electron is ready.
  const { ownLine, placeElectron, prepareElectron } = await import('./shell/electron/index.ts');
  prepareElectron();
  void main(ownLine(process.argv), placeElectron);
}
