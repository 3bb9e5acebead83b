/** `kith status [AVAILABILITY] [MESSAGE]`. */
import { KithError } from '../../../base/index.ts';
import type { Availability } from '../../../domain/index.ts';
import { chosenAccount, noAccountYet } from '../sight.ts';
import { within, type Act } from './act.ts';
import { table } from './table.ts';

const settable = ['available', 'away', 'busy', 'offline'] as const satisfies readonly Availability[];

export const status: Act = (acting) =>
  within(acting, false, async (sight) => {
    const { given, terminal } = acting;
    const snapshot = await sight.join();
    const account = chosenAccount(snapshot, given.flag('account'));
    const [word, ...rest] = given.words;
    if (word !== undefined) {
      const availability = settable.find((one) => one === word);
      if (availability === undefined)
        throw new KithError('invalid-argument', `A status is one of ${settable.join(', ')}; ‘${word}’ is not`);
      if (snapshot.accounts.length === 0) throw new KithError('not-found', noAccountYet);
      const wish = { availability, message: rest.join(' ') };
      await sight.ask('presence.set', account === undefined ? wish : { account, ...wish });
      if (acting.json) terminal.say(JSON.stringify(wish));
      else terminal.say(sight.running ? `You are ${word}.` : `You will be ${word} when Kith starts.`);
      return 0;
    }
    const rows = snapshot.accounts
      .filter((one) => account === undefined || one.id === account)
      .map((one) => {
        const connection = snapshot.connections.find(({ account: id }) => id === one.id);
        return {
          account: one.address,
          connection: sight.running ? (connection?.status ?? 'offline') : 'not running',
          availability: one.requested.availability,
          message: one.requested.message,
        };
      });
    if (acting.json) terminal.say(JSON.stringify({ running: sight.running, accounts: rows }));
    else if (rows.length === 0) terminal.remark(noAccountYet);
    else
      for (const line of table(rows.map((row) => [row.account, row.connection, row.availability, row.message])))
        terminal.say(line);
    return 0;
  });
