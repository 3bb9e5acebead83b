/** Finds a protocol that hangs: it is pinged every five seconds, and three pings without an answer are its end. */
import { type Clock, type Disposable, every } from '../base/index.ts';

const period = 5_000;
const patience = 3;

export interface HeartbeatEars {
  ping(seq: number): void;
  /** It owes an answer, or it has answered again. */
  missed(owing: boolean): void;
  /** It owes three answers. Called once. */
  lost(): void;
}

export interface Heartbeat extends Disposable {
  pong(seq: number): void;
}

export function heartbeat(clock: Clock, ears: HeartbeatEars): Heartbeat {
  let sent = 0;
  let answered = 0;
  let late = false;
  const beating = every(clock, period, () => {
    const owing = sent - answered;
    if (owing >= patience) {
      beating[Symbol.dispose]();
      return ears.lost();
    }
    if (owing > 0 && !late) {
      late = true;
      ears.missed(true);
    }
    ears.ping(++sent);
  });
  ears.ping(++sent);
  return {
    pong(seq) {
      answered = Math.max(answered, seq);
      if (!late || answered < sent) return;
      late = false;
      ears.missed(false);
    },
    [Symbol.dispose]: () => beating[Symbol.dispose](),
  };
}
