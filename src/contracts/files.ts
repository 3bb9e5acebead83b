/** What core asks of the place where files lie while they are on their way, and where they end. */
import type { HeldFile } from '../domain/index.ts';

export interface TakenFile {
  readonly held: HeldFile;
  /** In bytes. */
  readonly size: number;
}

/** What messages have of files. */
export interface HeldFiles {
  /** Not at a server yet: nobody else has them. */
  readonly waiting: readonly HeldFile[];
  /** To be looked at here. */
  readonly kept: readonly HeldFile[];
}

/** Bytes as they come, from whoever brings them. */
export type Bytes = AsyncIterable<Uint8Array>;

/** A name that is none of its own is one it does not hold. Every method rejects 'disk' when the disk refuses. */
export interface FileRoom {
  /** Rejects 'invalid-argument' when there are more than `largest`; nothing stays then, nor when they break off. */
  take(bytes: Bytes, largest: number): Promise<TakenFile>;
  /** A new name, and where its bytes are to be written. */
  place(): Promise<{ readonly held: HeldFile; readonly path: string }>;
  pathOf(held: HeldFile): string;
  /** Undefined when it is not held. */
  sizeOf(held: HeldFile): Promise<number | undefined>;
  /** Its first bytes, enough to tell what it is. */
  head(held: HeldFile): Promise<Uint8Array>;
  read(held: HeldFile): Promise<Uint8Array>;
  remove(held: HeldFile): Promise<void>;
  /** Lets go of everything that is not among these; of those that are kept the later ones, where they are too much together. */
  tidy(needed: HeldFiles): Promise<void>;
  /** Copies it to where the person finds it, under this name or one like it, over nothing that is there. Resolves with the path. */
  save(held: HeldFile, name: string): Promise<string>;
  /** Hands what was saved to the desktop. What could run is shown in its folder instead. Rejects 'not-found' when it is gone. */
  open(path: string): Promise<void>;
}
