/** The protocols of the house: their faces, and one host for each that has an account. */
import { type AsyncDisposable, asKithError, DisposableStack, KithError, type Log } from '../base/index.ts';
import type { Health, HostDuties, ProtocolFace, ProtocolHost, ProtocolManifest } from '../contracts/index.ts';
import type { ProtocolId } from '../domain/index.ts';
import type { Announcer } from './announcer.ts';

export type MakeHost = (protocol: ProtocolId, duties: HostDuties) => ProtocolHost;

export class Hosts implements AsyncDisposable {
  readonly #faces: ReadonlyMap<ProtocolId, ProtocolFace>;
  readonly #make: MakeHost;
  readonly #announcer: Announcer;
  readonly #log: Log;
  readonly #hosts = new Map<ProtocolId, ProtocolHost>();
  readonly #undo = new DisposableStack();

  constructor(faces: readonly ProtocolFace[], make: MakeHost, announcer: Announcer, log: Log) {
    this.#faces = new Map(faces.map((face) => [face.manifest.id, face]));
    this.#make = make;
    this.#announcer = announcer;
    this.#log = log;
  }

  get manifests(): readonly ProtocolManifest[] {
    return [...this.#faces.values()].map((face) => face.manifest);
  }

  get faces(): readonly ProtocolFace[] {
    return [...this.#faces.values()];
  }

  get health(): readonly (readonly [ProtocolId, Health])[] {
    return [...this.#hosts].map(([protocol, host]) => [protocol, host.health]);
  }

  knows(protocol: ProtocolId): boolean {
    return this.#faces.has(protocol);
  }

  /** Throws 'not-supported' for a protocol this house does not have. */
  face(protocol: ProtocolId): ProtocolFace {
    const face = this.#faces.get(protocol);
    if (face === undefined) throw new KithError('not-supported', `This Kith does not speak ${protocol}`);
    return face;
  }

  /** Made with the first account that needs it. */
  host(protocol: ProtocolId, duties: HostDuties, becameWell: () => void): ProtocolHost {
    const known = this.#hosts.get(protocol);
    if (known !== undefined) return known;
    this.face(protocol);
    const host = this.#make(protocol, duties);
    this.#hosts.set(protocol, host);
    this.#undo.use(
      host.onDidChangeHealth((health) => {
        this.#announcer.say({ type: 'health-changed', protocol, health });
        if (health === 'well') becameWell();
      }),
    );
    this.#announcer.say({ type: 'health-changed', protocol, health: host.health });
    return host;
  }

  /** After it was given up, a person says: once more. */
  startAgain(protocol: ProtocolId): void {
    this.face(protocol);
    this.#hosts.get(protocol)?.startAgain();
  }

  hasGivenUp(protocol: ProtocolId): boolean {
    return this.#hosts.get(protocol)?.health === 'given-up';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#undo[Symbol.dispose]();
    await Promise.all(
      [...this.#hosts].map(async ([protocol, host]) => {
        try {
          await host[Symbol.asyncDispose]();
        } catch (error) {
          this.#log.warn('A protocol did not end well', { protocol, error: asKithError(error).message });
        }
      }),
    );
  }
}
