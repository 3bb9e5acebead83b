/** The asking end over a port: what the command line holds when it talks to a running Kith. */
import { Emitter, fromErrorFact, KithError, type Event, type Log } from '../../base/index.ts';
import type { Answering, Bridge, HouseChange } from '../../contracts/index.ts';
import type { Port } from './port.ts';

export interface AskingEnd extends Bridge {
  /** What the house tells after 'house.join'. */
  readonly onDidHear: Event<HouseChange>;
  readonly onDidClose: Event<void>;
}

/**
 * Questions still open when the port closes reject with what `why` says, else with 'cancelled'. One that closes without a word may
 * belong to a Kith that goes on and has no room.
 */
export function bridgeOver(port: Port, log: Log, why: () => KithError | undefined = () => undefined): AskingEnd {
  const heard = new Emitter<HouseChange>((error) => log.error('A listener failed', { error: String(error) }));
  const open = new Map<number, { resolve(value: never): void; reject(error: KithError): void }>();
  let last = 0;
  let closed = false;
  let answered = false;
  const gone = (): KithError =>
    why() ?? new KithError('cancelled', answered ? 'Kith ended before it answered' : 'Kith did not answer');
  const received = port.onDidReceive((value) => {
    const answer = value as Answering;
    answered = true;
    if ('events' in answer) return heard.fire(answer);
    const asked = open.get(answer.id);
    open.delete(answer.id);
    if ('error' in answer) asked?.reject(fromErrorFact(answer.error));
    else asked?.resolve(answer.value as never);
  });
  const closing = port.onDidClose(() => {
    closed = true;
    received[Symbol.dispose]();
    closing[Symbol.dispose]();
    for (const { reject } of open.values()) reject(gone());
    open.clear();
  });
  return {
    onDidHear: heard.event,
    onDidClose: port.onDidClose,
    ask: (verb, input) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(gone());
        last += 1;
        open.set(last, { resolve, reject });
        port.send({ id: last, verb, with: input });
      }),
  };
}
