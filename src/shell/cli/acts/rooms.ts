/** `kith rooms`. */
import type { Room } from '../../../domain/index.ts';
import { conversationId } from '../../../domain/index.ts';
import { chosenAccount } from '../sight.ts';
import { within, type Act } from './act.ts';
import { table } from './table.ts';

export const rooms: Act = (acting) =>
  within(acting, false, async (sight) => {
    const { given, terminal } = acting;
    const snapshot = await sight.join();
    const only = chosenAccount(snapshot, given.flag('account'));
    const conversations = new Map(snapshot.conversations.map((conversation) => [conversation.id, conversation]));
    const rows = snapshot.connections
      .filter(({ account }) => only === undefined || account === only)
      .flatMap(({ account, rooms: known }) =>
        known.map((room) => {
          const conversation = conversations.get(conversationId(account, { kind: 'room', room: room.id }));
          return {
            address: room.id as string,
            name: room.name,
            state: stateOf(room),
            nick: room.nick,
            topic: room.topic,
            unread: conversation?.unread ?? 0,
            mentions: conversation?.mentions ?? 0,
            account: snapshot.accounts.find((one) => one.id === account)?.address ?? '',
          };
        }),
      )
      .toSorted((a, b) => (a.name || a.address).localeCompare(b.name || b.address));
    if (acting.json) terminal.say(JSON.stringify(rows));
    else if (rows.length === 0) terminal.remark('There is no room in the list; kith join ADDRESS goes into one.');
    else
      for (const line of table(
        rows.map((row) => [
          row.name || row.address,
          row.address,
          row.state,
          row.unread === 0 ? '' : `${row.unread} unread`,
          row.topic,
        ]),
      ))
        terminal.say(line);
    return 0;
  });

function stateOf({ status, reason, invitation }: Room): string {
  if (status !== 'left') return status;
  if (invitation !== undefined) return 'invited';
  return reason === undefined ? 'left' : `left: ${reason.text}`;
}
