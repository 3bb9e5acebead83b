/** `kith contacts`. */
import { compareAvailability, type Contact } from '../../../domain/index.ts';
import { chosenAccount } from '../sight.ts';
import { within, type Act } from './act.ts';
import { table } from './table.ts';

export const contacts: Act = (acting) =>
  within(acting, false, async (sight) => {
    const { given, terminal } = acting;
    const snapshot = await sight.join();
    const only = chosenAccount(snapshot, given.flag('account'));
    const reachable = (contact: Contact): boolean => compareAvailability(contact.presence.availability, 'hidden') > 0;
    const rows = snapshot.connections
      .filter(({ account }) => only === undefined || account === only)
      .flatMap(({ account, contacts: known }) => {
        const ours = snapshot.accounts.find((one) => one.id === account)?.address ?? '';
        return known
          .filter((contact) => contact.listed && (given.flag('online') === undefined || reachable(contact)))
          .map((contact) => ({
            address: contact.id as string,
            name: contact.alias,
            availability: contact.presence.availability,
            message: contact.presence.message,
            groups: contact.groups,
            account: ours,
          }));
      })
      .toSorted((a, b) => (a.name || a.address).localeCompare(b.name || b.address));
    if (acting.json) terminal.say(JSON.stringify(rows));
    else if (rows.length === 0) terminal.remark('Nobody is in the list.');
    else
      for (const line of table(
        rows.map((row) => [row.name || row.address, row.address, row.availability, row.message]),
      ))
        terminal.say(line);
    return 0;
  });
