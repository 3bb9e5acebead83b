/** The answering end: every question is checked before core hears it, every error crosses as a code and a sentence. */
import {
  asKithError,
  DisposableStack,
  disposable,
  KithError,
  type Disposable,
  type ErrorFact,
  type Log,
} from '../../base/index.ts';
import type { Answering, House, HouseChange } from '../../contracts/index.ts';
import type { Port } from './port.ts';
import type { Asked } from './schemas.ts';

/** A reader that lets this much pile up is cut off; when it comes back it begins with a fresh snapshot. In bytes. */
export const backlogBound = 16 * 1024 * 1024;
/** Questions one port may have open at a time. */
export const openBound = 512;

/** Serves one reader until its port closes or the result is disposed, which closes the port. The checks load with the first question; `onJoin` runs after each snapshot went out. */
export function serveBridge(port: Port, house: House, log: Log, onJoin: () => void = () => {}): Disposable {
  const ending = new DisposableStack();
  let joinedAt: number | undefined;
  let open = 0;
  let ended = false;

  const send = (answer: Answering): void => {
    if (ended) return;
    if (port.backlog > backlogBound) {
      log.warn('A reader is too slow and was cut off', { backlog: port.backlog });
      port.close('too slow');
    } else port.send(answer);
  };
  const tell = (change: HouseChange): void => {
    if (joinedAt === undefined || change.revision <= joinedAt) return;
    send({ revision: change.revision, events: change.events });
  };
  const answer = async (asked: Exclude<Asked, { wrong: string }>): Promise<void> => {
    try {
      const value = await house.ask(asked.verb, asked.input);
      send({ id: asked.id, value });
    } catch (error) {
      log.debug('A question was answered with an error', { verb: asked.verb, code: asKithError(error).code });
      send({ id: asked.id, error: outward(error, log) });
    }
  };
  const hear = (readAsking: (value: unknown) => Asked | undefined, value: unknown): void => {
    const asked = readAsking(value);
    if (asked === undefined || open >= openBound) {
      log.warn('A reader said something that is no question and was cut off');
      port.close('not understood');
      return;
    }
    if ('wrong' in asked) return send({ id: asked.id, error: { code: 'invalid-argument', message: asked.wrong } });
    if (asked.verb === 'house.join') {
      const snapshot = house.snapshot();
      joinedAt = snapshot.revision;
      send({ id: asked.id, value: snapshot });
      return onJoin();
    }
    open += 1;
    void answer(asked).finally(() => (open -= 1));
  };

  let checks: Promise<unknown> | undefined;
  let read: ((value: unknown) => Asked | undefined) | undefined;
  const waiting: unknown[] = [];
  ending.use(
    port.onDidReceive((value) => {
      if (read !== undefined) return hear(read, value);
      if (waiting.push(value) > openBound) return port.close('not understood');
      checks ??= import('./schemas.ts').then(({ readAsking }) => {
        read = readAsking;
        for (const early of waiting.splice(0)) if (!ended) hear(readAsking, early);
      });
    }),
  );
  ending.use(house.onDidChange(tell));
  ending.use(port.onDidClose(() => end[Symbol.dispose]()));
  ending.defer(() => port.close());
  const end = disposable(() => {
    ended = true;
    ending[Symbol.dispose]();
  });
  return end;
}

/** What a reader is told of an error: never a stack, and of what we did not foresee not even the words. */
function outward(error: unknown, log: Log): ErrorFact {
  if (error instanceof KithError) return { code: error.code, message: error.message };
  log.error('A question failed in an unforeseen way', { error: asKithError(error).message });
  return { code: 'internal', message: 'Something went wrong inside Kith. Its log says more.' };
}
