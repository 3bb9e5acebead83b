/** The people on the demo's server: real accounts that really log in, in a house of their own, and say what their role says. */
import { asKithError, DisposableStack, pause, type Clock, type Disposable, type Log } from '../../base/index.ts';
import type { AccountDraft, House } from '../../contracts/index.ts';
import {
  availablePresence,
  type AccountId,
  type ContactId,
  type Message,
  type ProtocolId,
} from '../../domain/index.ts';
import { cast, self, type Role } from './cast.ts';
import { domain } from './server-files.ts';

/** Milliseconds: before anyone starts typing, for each letter typed, and between what people say unasked. */
const thinking = 900;
const letter = 35;
const lull = 25_000;

/** How to log in as one of them, or as the person. */
export function draftOf(
  name: string,
  server: { readonly port: number; readonly authority: string },
  password: string,
): AccountDraft {
  return {
    protocol: 'xmpp' as ProtocolId,
    address: `${name}@${domain}`,
    parameters: { host: '127.0.0.1', port: server.port, ca: server.authority },
    password,
  };
}

/** Everyone goes online; answers, and now and then speaks first. `drafts` are those of the cast, in its order. */
export async function playCast(
  house: House,
  drafts: readonly AccountDraft[],
  clock: Clock,
  log: Log,
): Promise<Disposable> {
  const ending = new DisposableStack();
  const roles = new Map<AccountId, Role>();
  const said = new Map<Role, number>();
  const target = { kind: 'contact', contact: `${self}@${domain}` as ContactId } as const;
  const trouble = (error: unknown): void => log.debug('A role lost its words', { code: asKithError(error).code });

  const speak = async (account: AccountId, words: string): Promise<void> => {
    const { id } = await house.ask('conversation.open', { account, address: target.contact });
    await pause(clock, thinking);
    await house.ask('conversation.setChatState', { conversation: id, state: 'composing' });
    await pause(clock, words.length * letter);
    if (!ending.disposed) await house.ask('message.send', { account, target, body: words });
  };
  const next = (role: Role, lines: readonly string[]): string | undefined => {
    const at = said.get(role) ?? 0;
    said.set(role, at + 1);
    return lines[at % lines.length];
  };
  const answer = ({ account, direction, caughtUp }: Message): void => {
    const role = roles.get(account);
    const words =
      role === undefined || direction === 'outgoing' || caughtUp === true ? undefined : next(role, role.replies);
    if (words !== undefined) speak(account, words).catch(trouble);
  };
  ending.use(
    house.onDidChange(({ events }) => {
      for (const event of events) if (event.type === 'messages-changed') event.changed.forEach(answer);
    }),
  );

  for (const [index, draft] of drafts.entries()) {
    const role = cast[index];
    if (role === undefined) continue;
    const account = await house.ask('account.add', draft);
    roles.set(account, role);
    await house.ask('presence.set', { account, availability: availablePresence.availability, message: role.status });
    begin(account, role, (index + 1) * 2_000);
  }
  return ending;

  /** Each opener once, spread out, so that it is lively at first and calm later. */
  function begin(account: AccountId, role: Role, delay: number, at = 0): void {
    const words = role.openers[at];
    if (words === undefined) return;
    ending.use(
      clock.after(delay, () => {
        speak(account, words).catch(trouble);
        begin(account, role, lull, at + 1);
      }),
    );
  }
}
