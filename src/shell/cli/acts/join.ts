/** `kith join ADDRESS`: the running Kith goes into a room, and stays. */
import { KithError } from '../../../base/index.ts';
import { onlineAccount } from '../sight.ts';
import type { Act } from './act.ts';
import { SecretInput } from './secret-input.ts';

export const join: Act = async (acting) => {
  const { given, terminal } = acting;
  const running = await acting.findRunning();
  // Being in a room lasts as long as a session: without one that goes on there is nothing to be in it.
  if (running === undefined)
    throw new KithError('not-online', 'Kith is not running, and a room needs somebody who stays. Start it with kith');
  try {
    const snapshot = await running.ask('house.join', {});
    const account = onlineAccount(snapshot, given.flag('account'));
    const nick = given.flag('nick');
    const password =
      given.flag('password-stdin') === undefined ? undefined : await new SecretInput(terminal).line('password');
    const { target } = await running.ask('room.join', {
      account,
      address: given.words[0] ?? '',
      ...(nick === undefined ? {} : { nick }),
      ...(password === undefined ? {} : { password }),
    });
    const room = target.kind === 'room' ? target.room : '';
    terminal.say(acting.json ? JSON.stringify({ room, account }) : `You are in ${room}.`);
    return 0;
  } finally {
    running[Symbol.dispose]();
  }
};
