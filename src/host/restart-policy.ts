/** When a protocol that crashed is started again, and when no more. */
import type { Instant } from '../base/index.ts';

/** Milliseconds before the first, second and third start after a crash. */
const delays = [1_000, 5_000, 30_000] as const;
const window = 5 * 60_000;
/** This many crashes within the window, and only a person starts it again. */
const tooMany = 3;

export class RestartPolicy {
  #crashes: Instant[] = [];
  /** Crashes without five quiet minutes between them; the delay grows with them. */
  #inARow = 0;

  /** Milliseconds until the next start; undefined means: given up. */
  crashed(now: Instant): number | undefined {
    const last = this.#crashes.at(-1);
    this.#inARow = last !== undefined && now - last < window ? this.#inARow + 1 : 1;
    this.#crashes = [...this.#crashes.filter((at) => now - at < window), now];
    if (this.#crashes.length >= tooMany) return undefined;
    return delays[Math.min(this.#inARow, delays.length) - 1];
  }

  /** A person said: try again. Counting begins anew. */
  forget(): void {
    this.#crashes = [];
    this.#inARow = 0;
  }
}
