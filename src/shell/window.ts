/** What shows Kith to a person, whichever program draws it. */
import type { AsyncDisposable, Event } from '../base/index.ts';

export interface Shell extends AsyncDisposable {
  /** Brings up the window that is open or on its way, else opens one. Resolves with one sentence that says what happened, and what the person has to do if anything. */
  openWindow(): Promise<string>;
  /** A window has its snapshot and hears events from now on. */
  readonly onDidJoin: Event<void>;
  /** The person closed the last window. Never fires for a page in the person's own browser. */
  readonly onDidCloseLast: Event<void>;
}
