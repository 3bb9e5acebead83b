/** Messages that a person wants sent again although they may have arrived: none goes before the archive was read and does not have it. */
import type { ArchiveFacet } from '../contracts/index.ts';
import type { AccountId, Delivery, Message, MessageId } from '../domain/index.ts';

export interface DoubtsDuties {
  /** Undefined where nobody can say what has arrived. */
  archive(account: AccountId): ArchiveFacet | undefined;
  /** One of them is missing, for sure: what waited may go. */
  settled(account: AccountId): void;
}

export class Doubts {
  readonly #duties: DoubtsDuties;
  /** With the archive that is read for each, and whether it was and does not have it. */
  readonly #open = new Map<MessageId, { readonly archive: ArchiveFacet; missing: boolean }>();

  constructor(duties: DoubtsDuties) {
    this.#duties = duties;
  }

  /** Whether it may go. While nobody knows, the archive is read, and `settled` says when it was. */
  isMissing({ id, account, target }: Message): boolean {
    const archive = this.#duties.archive(account);
    const known = this.#open.get(id);
    // Nobody can say; or it was said by the same connection, and nothing was written since.
    if (archive === undefined || (known?.archive === archive && known.missing)) {
      this.#open.delete(id);
      return true;
    }
    if (known?.archive === archive) return false;
    const doubt = { archive, missing: false };
    this.#open.set(id, doubt);
    archive.readThrough(target).then(
      () => {
        doubt.missing = true;
        this.#duties.settled(account);
      },
      () => {
        // Whoever can say next is asked anew.
        if (this.#open.get(id) === doubt) this.#open.delete(id);
      },
    );
    return false;
  }

  /** Nobody wants it sent any more. */
  forget(id: MessageId): void {
    this.#open.delete(id);
  }
}

/** To be sent again, although it may have arrived. */
export const isDoubtful = (delivery: Delivery | undefined): boolean =>
  delivery?.state === 'queued' && delivery.reason === 'not-confirmed';
