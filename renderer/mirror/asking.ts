/** Questions and answers over a port: each question has a number, each answer names it. */
import {
  type Disposable,
  DisposableStack,
  Emitter,
  type Event,
  fromErrorFact,
  KithError,
} from '../../src/base/index.ts';
import type { Asking, Bridge, HouseChange } from '../../src/contracts/index.ts';
import type { Port } from './port.ts';

export interface AskingEnd extends Bridge, Disposable {
  readonly onDidTell: Event<HouseChange>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: KithError) => void;
}

/** When the port closes, everything still open rejects with KithError('network'). */
export function askOver(port: Port): AskingEnd {
  const open = new Map<number, Waiting>();
  const told = new Emitter<HouseChange>((error) => reportError(error));
  const undo = new DisposableStack();
  let last = 0;

  undo.use(
    port.onDidHear((answer) => {
      if ('events' in answer) return told.fire(answer);
      const waiting = open.get(answer.id);
      open.delete(answer.id);
      if ('error' in answer) waiting?.reject(fromErrorFact(answer.error));
      else waiting?.resolve(answer.value as never);
    }),
  );
  undo.use(port.onDidClose(() => giveUp()));
  undo.defer(giveUp);

  function giveUp(): void {
    for (const waiting of open.values()) waiting.reject(new KithError('network', 'Kith does not answer'));
    open.clear();
  }

  return {
    ask: (verb, input) =>
      new Promise((resolve, reject) => {
        last += 1;
        open.set(last, { resolve, reject });
        port.say({ id: last, verb, with: input } as Asking);
      }),
    onDidTell: told.event,
    [Symbol.dispose]: () => undo[Symbol.dispose](),
  };
}
