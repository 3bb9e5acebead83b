/** Whoever has the store has the profile, until it is closed. */
import { asKithError, type Disposable } from '../base/index.ts';
import type { Store } from '../contracts/index.ts';

export interface HeldStore extends Disposable {
  /** Damage that only shows while `open` reads what is kept is mended as at a start: at once, and once. */
  open<T>(open: (store: Store) => Promise<T>): Promise<T>;
}

/** `take` opens the store, and mends one that was found damaged. */
export function heldStore(take: () => Store, isDamaged: (error: unknown) => boolean): HeldStore {
  let store = take();
  return {
    async open(open) {
      try {
        return await open(store);
      } catch (error) {
        if (!isDamaged(error)) throw error;
        closeDamaged(store);
        store = take();
        return open(store);
      }
    },
    [Symbol.dispose]: () => store.close(),
  };
}

/** Its last write may fail too; what is wrong is known already. */
function closeDamaged(store: Store): void {
  try {
    store.close();
  } catch (error) {
    if (asKithError(error).code !== 'disk') throw error;
  }
}
