/** `kith quit`: resolves when the running Kith is gone, not only asked. */
import { KithError } from '../../../base/index.ts';
import type { Act } from './act.ts';

export const quit: Act = async (acting) => {
  const running = await acting.findRunning();
  if (running === undefined) throw new KithError('not-found', 'Kith is not running');
  const gone = new Promise<void>((resolve) => {
    const closing = running.onDidClose(() => {
      closing[Symbol.dispose]();
      resolve();
    });
  });
  // It may end before it answers, which is what was asked for.
  await running.ask('house.quit', {}).catch((error: unknown) => {
    if (!(error instanceof KithError) || error.code !== 'cancelled') throw error;
  });
  await gone;
  acting.terminal.say(acting.json ? JSON.stringify({ done: true }) : 'Kith has ended.');
  return 0;
};
