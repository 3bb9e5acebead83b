/** Talk with a Chromium we started, over a pipe that only it and we hold. Chrome DevTools Protocol, domain Target. */
import type { Readable, Writable } from 'node:stream';

interface Page {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}

export interface DevtoolsPipe {
  /** The pages that are open. Does not resolve when Chromium ends before it answers. */
  pages(): Promise<readonly Page[]>;
  /** Brings the page's window before the others. */
  activate(page: Page): void;
}

/** Messages are JSON, each with a NUL behind it. */
export function devtoolsPipe(to: Writable, from: Readable): DevtoolsPipe {
  const waiting = new Map<number, (result: { readonly targetInfos?: readonly Page[] }) => void>();
  let last = 0;
  let heard = '';
  // Chromium's end is heard elsewhere.
  to.on('error', () => {});
  from.on('error', () => {});
  from.setEncoding('utf8').on('data', (piece: string) => {
    const messages = (heard + piece).split('\0');
    heard = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result = {} } = JSON.parse(message);
      waiting.get(id)?.(result);
      waiting.delete(id);
    }
  });
  const send = (method: string, params: object = {}): number => {
    last += 1;
    to.write(`${JSON.stringify({ id: last, method, params })}\0`);
    return last;
  };
  return {
    async pages() {
      const { targetInfos = [] } = await new Promise<{ readonly targetInfos?: readonly Page[] }>((resolve) =>
        waiting.set(send('Target.getTargets'), resolve),
      );
      return targetInfos.filter(({ type }) => type === 'page');
    },
    activate: ({ targetId }) => void send('Target.activateTarget', { targetId }),
  };
}
