/** Programs no one here wrote, run for a test: found by name, heard, ended by their own id, and their unprovoked deaths told apart. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { delimiter, join } from 'node:path';
import { bounded } from './waiting.ts';

/** Where a program comes from, so that its absence can be said in words that help. */
export interface Program {
  readonly name: string;
  readonly debianPackage: string;
}

export class MissingProgram extends Error {
  constructor(program: Program) {
    super(`${program.name} is not installed; it comes with: apt-get install ${program.debianPackage}`);
    this.name = 'MissingProgram';
  }
}

/**
 * A foreign program died by a signal nobody here sent. That says nothing about Kith, so a test that ends this way is run again
 * (vitest.config.ts matches the words of this message) and the summary counts it.
 */
export class ForeignDeath extends Error {
  constructor(program: string, signal: NodeJS.Signals, output: string) {
    super(`Foreign death: ${program} died by ${signal}, which nobody here sent\n${output.slice(-2000)}`);
    this.name = 'ForeignDeath';
  }
}

/** The program's full path. Throws MissingProgram. Debian's administration folders count, which an ordinary account's PATH may lack. */
export function findProgram(program: Program): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/sbin'];
  for (const folder of folders.filter((name) => name !== '')) {
    const path = join(folder, program.name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  throw new MissingProgram(program);
}

/** Throws MissingProgram unless the file is there, which comes with this package. */
export function findFile(path: string, debianPackage: string): string {
  try {
    accessSync(path);
    return path;
  } catch {
    throw new MissingProgram({ name: path, debianPackage });
  }
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunSettings {
  readonly cwd?: string;
  /** Added to the environment of the tests; undefined removes. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to its standard input, which then ends. */
  readonly input?: string;
  /** Leaves standard input open after `input`, for `write`. */
  readonly keepInput?: boolean;
  /** Called with each whole line of standard output. */
  readonly onLine?: (line: string) => void;
}

const running = new Set<Run>();
process.once('exit', () => {
  for (const one of running) one.endWithUs();
});

/** One run of a program. */
export class Run {
  readonly pid: number;
  /** Never rejects. */
  readonly ended: Promise<Exit>;
  readonly child: ChildProcess;
  readonly #name: string;
  #out = '';
  #err = '';
  #exit: Exit | undefined;
  readonly #sent = new Set<NodeJS.Signals>();

  constructor(path: string, args: readonly string[], settings: RunSettings = {}) {
    const env = { ...process.env, ...settings.env };
    for (const [key, value] of Object.entries(env)) if (value === undefined) delete env[key];
    this.child = spawn(path, args, {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(settings.cwd === undefined ? {} : { cwd: settings.cwd }),
    });
    this.#name = path;
    this.pid = this.child.pid ?? -1;
    let line = '';
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
      if (settings.onLine === undefined) return;
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      for (const whole of lines) settings.onLine(whole);
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#err += text));
    // A program may end before it has read everything; that is for its exit code to say.
    this.child.stdin?.on('error', () => {});
    if (settings.keepInput === true) this.child.stdin?.write(settings.input ?? '');
    else this.child.stdin?.end(settings.input ?? '');
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null) => {
        this.#exit ??= { code, signal };
        running.delete(this);
        resolve(this.#exit);
      };
      this.child.once('close', end);
      this.child.once('error', (error) => {
        this.#err += error.message;
        end(127, null);
      });
    });
    running.add(this);
  }

  /** At once: nobody is left who would wait for it. */
  endWithUs(): void {
    if (this.#exit === undefined && this.pid > 0) this.child.kill('SIGKILL');
  }

  get output(): string {
    return this.#out;
  }

  get errors(): string {
    return this.#err;
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Its death by a signal that did not come from here, if that is how it ended. */
  get foreignDeath(): ForeignDeath | undefined {
    const signal = this.#exit?.signal;
    if (signal === null || signal === undefined || this.#sent.has(signal)) return undefined;
    return new ForeignDeath(this.#name, signal, this.#err + this.#out);
  }

  write(text: string): void {
    this.child.stdin?.write(text);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#exit !== undefined) return;
    this.#sent.add(signal);
    this.child.kill(signal);
  }

  /** Waits up to five seconds for it to end by itself, then insists. Throws ForeignDeath like `end`. */
  async finish(): Promise<Exit> {
    await bounded(`the end of ${this.#name}`, this.ended, 5000).catch(() => undefined);
    return this.#exit ?? (await this.end());
  }

  /** Asks it to end, insists after five seconds. Throws ForeignDeath when it had died of itself by a signal before. */
  async end(asking: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    const death = this.foreignDeath;
    if (death !== undefined) throw death;
    this.signal(asking);
    try {
      return await bounded(`the end of ${this.#name}`, this.ended, 5000);
    } catch {
      this.signal('SIGKILL');
      return await this.ended;
    }
  }
}

export function start(program: Program, args: readonly string[], settings?: RunSettings): Run {
  return new Run(findProgram(program), args, settings);
}

/** Runs to the end and returns what it printed. Throws when it ends with anything but 0. */
export async function run(program: Program, args: readonly string[], settings?: RunSettings): Promise<string> {
  const started = start(program, args, settings);
  try {
    await bounded(`${program.name} ${args[0] ?? ''}`, started.ended);
  } catch (error) {
    await started.end('SIGKILL');
    throw error;
  }
  if (started.foreignDeath !== undefined) throw started.foreignDeath;
  if (started.exit?.code !== 0)
    throw new Error(`${program.name} ended with ${started.exit?.code}\n${started.errors}${started.output}`);
  return started.output;
}

/** Ports of the loopback nobody listens on at this moment. Held together, so that they differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenSomewhere));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Below what Linux gives to connections (ip(7), ip_local_port_range): one of those that asks whether somebody listens yet could be given the very port, and meet itself there. */
async function listenSomewhere(): Promise<{ readonly server: Server; readonly port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = randomInt(10_000, 32_768);
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return { server, port };
    } catch (error) {
      if (attempt === 100) throw error;
    }
  }
}
