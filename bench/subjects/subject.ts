import { bounded } from '../../test/harness/waiting.ts';

/** Something that is measured: one program, or a few that belong together, running. */
export interface Subject {
  /** The processes whose cost counts, at this moment. */
  pids(): readonly number[];
  /** Ends it and removes what it wrote. */
  end(): Promise<void>;
}

/** Whom to sign in as, and where. */
export interface Person {
  readonly address: string;
  readonly password: string;
  readonly contacts: number;
  readonly host: string;
  readonly port: number;
  /** The authority and the server's own certificate, PEM. */
  readonly ca: string;
  readonly certificate: string;
  readonly encrypted: boolean;
}

/** Monotonic milliseconds from `begin` until now. */
export function since(begin: number): number {
  return performance.now() - begin;
}

/** Something that happens again and again, as performance.now() tells when. */
export class Moments {
  readonly #waiting = new Set<(at: number) => void>();

  happened(): void {
    const now = performance.now();
    for (const resolve of this.#waiting) resolve(now);
    this.#waiting.clear();
  }

  /** Resolves with the next time. Bounded by three minutes. */
  next(what: string): Promise<number> {
    return bounded(what, new Promise<number>((resolve) => this.#waiting.add(resolve)), 180_000);
  }
}
