/** What a house is opened with. */
import type { Clock, Log } from '../base/index.ts';
import type { AccountDraft, FileRoom, Plugin, ProtocolFace, Secrets, Store } from '../contracts/index.ts';
import type { MakeHost } from './hosts.ts';
import type { AskPassphrase, ChooseSecrets } from './secret-keeper.ts';

export interface HouseOptions {
  /** Open; whoever opened it closes it after the house. */
  readonly store: Store;
  /** Where files lie while they are on their way. */
  readonly files: FileRoom;
  /** Where passwords live. As a function, it is given the way to ask the person for a passphrase. */
  readonly secrets: Secrets | ((askPassphrase: AskPassphrase) => Secrets);
  /** Opens another place for passwords. Without it there is only one. */
  readonly chooseSecrets?: ChooseSecrets;
  /** Called once for each protocol that has an account wanting it. */
  readonly hosts: MakeHost;
  readonly faces: readonly ProtocolFace[];
  readonly plugins?: readonly Plugin[];
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** By name and version. */
  readonly runsOn: readonly string[];
  /** The accounts of the last time connect when this resolves, and are shown as connecting until then. Without it, at once. */
  readonly connectAfter?: Promise<void>;
  /** The accounts that 'demo.start' adds. A house that has no others is the demo. */
  readonly demo?: { readonly accounts: readonly AccountDraft[] };
  /** The addresses other machines could reach this one by, as one text; empty without a network. Without it nobody looks. */
  readonly networkAddresses?: () => string;
  /** From 0 up to, not including, 1; spreads retries. */
  readonly random?: () => number;
}
