/** A small file that only its owner reads, replaced whole or not at all. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { KithError } from '../base/index.ts';

export class PrivateFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Undefined when there is none. */
  async read(): Promise<string | undefined> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw this.#trouble(error);
    }
  }

  /** On the disk when it resolves; a crash in between leaves the old one. Mode 0600, whatever the umask. */
  async replace(text: string): Promise<void> {
    const next = `${this.path}.new`;
    try {
      await rm(next, { force: true });
      const file = await open(next, 'wx', 0o600);
      try {
        await file.chmod(0o600);
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(next, this.path);
      await this.#syncFolder();
    } catch (error) {
      // Where it could not be written it can perhaps not be removed either; the next writing will.
      await rm(next, { force: true }).catch(() => undefined);
      throw this.#trouble(error);
    }
  }

  async remove(): Promise<void> {
    try {
      await rm(this.path, { force: true });
      await this.#syncFolder();
    } catch (error) {
      throw this.#trouble(error);
    }
  }

  /** For a content that cannot be understood. It bears no cause: a parser's message may quote what it choked on. */
  damaged(): KithError {
    return new KithError(
      'disk',
      `The file ${basename(this.path)} in ${dirname(this.path)} is damaged and was left as it is. ` +
        'Put a copy of it back from a backup, or move it away and give the passwords again.',
    );
  }

  /** The new name is only sure to survive a power cut when the folder is written too. */
  async #syncFolder(): Promise<void> {
    const folder = await open(dirname(this.path), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #trouble(error: unknown): KithError {
    const full = systemCode(error) === 'ENOSPC' || systemCode(error) === 'EDQUOT';
    const folder = dirname(this.path);
    const words = full
      ? `The disk is full, so passwords cannot be kept in ${folder}. Free some space there and try again.`
      : `Kith cannot read or write ${basename(this.path)} in ${folder}. See that the folder exists and that it is yours.`;
    return new KithError('disk', words, { cause: error });
  }
}

function systemCode(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
