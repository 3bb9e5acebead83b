/** The windows of one run. No shell is opened before a window is wanted. */
import { asKithError, AsyncDisposableStack, type AsyncDisposable, type Clock, type Log } from '../base/index.ts';
import type { House } from '../contracts/index.ts';
import type { Shell } from './window.ts';

/** A window that takes longer to come up does not keep others waiting, in milliseconds. */
const patience = 1_500;

export interface WindowsDuties {
  readonly clock: Clock;
  readonly log: Log;
  house(): Promise<House>;
  openShell(house: () => Promise<House>): Promise<Shell>;
  closedLast(): void;
}

export interface Windows extends AsyncDisposable {
  /** Resolves with one sentence for the person; the conversation a link leads to is opened once a window has joined. */
  open(link?: string): Promise<string>;
  /** Resolves when the first window has joined, or is late. */
  readonly shown: Promise<void>;
}

export function windowsOf({ clock, log, house, openShell, closedLast }: WindowsDuties): Windows {
  const ending = new AsyncDisposableStack();
  let show!: () => void;
  const shown = new Promise<void>((resolve) => (show = resolve));
  ending.use(clock.after(patience, show));
  let shell: Promise<Shell> | undefined;
  const theShell = async (): Promise<Shell> => {
    const opened = ending.use(await openShell(house));
    ending.use(opened.onDidJoin(show));
    ending.use(opened.onDidCloseLast(closedLast));
    return opened;
  };
  return {
    shown,
    async open(link) {
      const opened = await (shell ??= theShell());
      if (link !== undefined) {
        const joined = ending.use(
          opened.onDidJoin(() => {
            joined[Symbol.dispose]();
            house()
              .then((standing) => standing.ask('link.open', { uri: link }))
              .catch((error: unknown) => log.warn('A link was not opened', { code: asKithError(error).code }));
          }),
        );
      }
      return opened.openWindow();
    },
    [Symbol.asyncDispose]: () => ending[Symbol.asyncDispose](),
  };
}
