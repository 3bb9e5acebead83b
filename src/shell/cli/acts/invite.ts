/** `kith invite`: a link for a friend, by the running Kith. */
import { KithError } from '../../../base/index.ts';
import { onlineAccount } from '../sight.ts';
import type { Act } from './act.ts';

export const invite: Act = async (acting) => {
  const { given, terminal, json } = acting;
  const running = await acting.findRunning();
  if (running === undefined)
    throw new KithError('not-online', 'Kith is not running, and its server has to be asked. Start it with kith');
  try {
    const account = onlineAccount(await running.ask('house.join', {}), given.flag('account'));
    const invitation = await running.ask('account.invite', { account });
    if (json) terminal.say(JSON.stringify(invitation));
    else {
      const { link, page, proven, makesAccounts } = invitation;
      terminal.say(link);
      if (page !== undefined) terminal.remark(`A page that says what to do with it: ${page}`);
      if (!proven) terminal.remark('The server makes no invitations: whoever follows the link asks, and you answer.');
      else if (!makesAccounts) terminal.remark('It is for somebody who has an account already.');
    }
    return 0;
  } finally {
    running[Symbol.dispose]();
  }
};
