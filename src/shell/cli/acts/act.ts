/** One thing the command line can do. */
import type { Bytes, ProtocolManifest, TakenFile } from '../../../contracts/index.ts';
import type { RunningKith } from '../../socket/index.ts';
import type { Terminal } from '../../terminal.ts';
import type { Given } from '../flags.ts';
import type { Sight } from '../sight.ts';

export interface Acting {
  readonly given: Given;
  readonly terminal: Terminal;
  /** Results as JSON. */
  readonly json: boolean;
  /** The running house, or the profile opened for this act; `online` says whether accounts may connect for it. */
  look(how: { readonly online: boolean }): Promise<Sight>;
  /** What is known of each without connecting. */
  protocols(): Promise<readonly ProtocolManifest[]>;
  /** Lays bytes where the house finds them by name, whoever has it open. */
  takeFile(bytes: Bytes): Promise<TakenFile>;
  findRunning(): Promise<RunningKith | undefined>;
}

/** Resolves with the exit code. Throws KithError for what the table of exit codes knows. */
export type Act = (acting: Acting) => Promise<number>;

/** Does something with the house and lets go of it, whatever happened. */
export async function within<T>(acting: Acting, online: boolean, work: (sight: Sight) => Promise<T>): Promise<T> {
  const sight = await acting.look({ online });
  try {
    return await work(sight);
  } finally {
    await sight[Symbol.asyncDispose]();
  }
}
