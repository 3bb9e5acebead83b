/** XEP-0410: a room that was silent for long is asked whether it still knows us; some lose people without a word. */
import { asKithError, type Disposable, ignore } from '../../../../src/base/index.ts';
import type { RoomState } from '../../rooms.ts';
import type { Session } from '../../session.ts';
import { xml } from '../../stream/element.ts';
import { NS_PING } from '../ping.ts';

/** Milliseconds. */
const silence = 15 * 60_000;
const lookEvery = 60_000;

export interface SelfPing extends Disposable {
  /** Asks every room we are in, now: after a resumption much may have been missed. */
  askAll(): void;
}

/** `lost` is called for a room that does not know us any more, or does not answer twice. */
export function selfPing(session: Session, lost: (state: RoomState, silent: boolean) => void): SelfPing {
  const unanswered = new WeakSet<RoomState>();
  const asking = new Set<RoomState>();
  let next: Disposable | undefined;

  const ask = async (state: RoomState): Promise<void> => {
    asking.add(state);
    try {
      await session.request({ type: 'get', to: state.address, payload: xml('ping', NS_PING) });
      answered(state);
    } catch (error) {
      judge(state, asKithError(error).code);
    } finally {
      asking.delete(state);
    }
  };
  const answered = (state: RoomState): void => {
    unanswered.delete(state);
    state.heardAt = session.clock.now();
  };
  const judge = (state: RoomState, code: string): void => {
    if (!state.joined) return;
    // We are there, and one of us does not know pings; or our nick changed under way (XEP-0410 section 3.2).
    if (code === 'not-supported' || code === 'not-found') return answered(state);
    if (code === 'network' || code === 'not-online') return;
    if (code !== 'timeout') return lost(state, false);
    if (unanswered.has(state)) lost(state, true);
    else unanswered.add(state);
  };
  const askAll = (since: number): void => {
    for (const state of session.rooms.all()) {
      if (!state.joined || asking.has(state) || state.heardAt > since) continue;
      ignore(ask(state), 'judges for itself', session.log);
    }
  };
  const look = (): void => {
    next = session.clock.after(lookEvery, () => {
      if (session.address !== undefined) askAll(session.clock.now() - silence);
      look();
    });
  };
  look();
  return {
    askAll: () => askAll(session.clock.now()),
    [Symbol.dispose]: () => next?.[Symbol.dispose](),
  };
}
