/** How quickly this protocol answers, for those who ask it to be slow. */
import type { Clock, Disposable } from '../../src/base/index.ts';

export class Pace implements Disposable {
  #delay = 0;
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds before each answer from now on. */
  set(delay: number): void {
    this.#delay = Math.max(0, delay);
  }

  /** Resolves in the present turn when nobody asked for slowness. */
  async keep(): Promise<void> {
    if (this.#delay === 0) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        timer[Symbol.dispose]();
        this.#waiting.delete(go);
        resolve();
      };
      const timer = this.#clock.after(this.#delay, go);
      this.#waiting.add(go);
    });
  }

  /** Whoever waits is let go at once. */
  [Symbol.dispose](): void {
    this.#delay = 0;
    for (const go of this.#waiting) go();
  }
}
