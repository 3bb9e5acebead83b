/** Runs one verb: over the socket when Kith runs, on the profile when not. */
import { asKithError, KithError } from '../../base/index.ts';
import type { Bytes, House, ProtocolManifest, SecretsMode, TakenFile } from '../../contracts/index.ts';
import type { RunningKith } from '../socket/index.ts';
import type { Terminal } from '../terminal.ts';
import { accountAdd, accountList, accountRemove, accountSet } from './acts/accounts.ts';
import type { Act } from './acts/act.ts';
import { accountRegister } from './acts/register.ts';
import { completion } from './acts/completion.ts';
import { contacts } from './acts/contacts.ts';
import { history } from './acts/history.ts';
import { invite } from './acts/invite.ts';
import { join } from './acts/join.ts';
import { open } from './acts/open.ts';
import { quit } from './acts/quit.ts';
import { rooms } from './acts/rooms.ts';
import { correct, send } from './acts/send.ts';
import { sendFile } from './acts/send-file.ts';
import { status } from './acts/status.ts';
import { exitCodes } from './exit-codes.ts';
import type { Given } from './flags.ts';
import type { Sight } from './sight.ts';
import type { Verb } from './verbs.ts';

const acts: Readonly<Record<string, Act>> = {
  'account add': accountAdd,
  'account register': accountRegister,
  'account list': accountList,
  'account set': accountSet,
  'account remove': accountRemove,
  status,
  contacts,
  rooms,
  join,
  invite,
  send,
  'send-file': sendFile,
  correct,
  history,
  open,
  quit,
  completion,
};

export interface VerbDuties {
  readonly terminal: Terminal;
  protocols(): Promise<readonly ProtocolManifest[]>;
  /** The Kith that has this profile open. Rejects 'profile-in-use' when it does not answer, 'cancelled' when it hangs up. */
  findRunning(): Promise<RunningKith | undefined>;
  takeFile(bytes: Bytes): Promise<TakenFile>;
  /** Opens the profile for this act. `online`: accounts connect; else nothing leaves this computer. */
  openHouse(how: { readonly online: boolean; readonly secrets?: SecretsMode }): Promise<House>;
}

/** Resolves with the exit code; what went wrong has been said. */
export async function runVerb(verb: Verb, given: Given, duties: VerbDuties): Promise<number> {
  const { terminal } = duties;
  /** Also the reason why the act failed, as a rule: once is enough. */
  let trouble: string | undefined;
  try {
    const act = acts[verb.name];
    if (act === undefined) throw new KithError('internal', `kith ${verb.name} is announced and missing`);
    return await act({
      given,
      terminal,
      json: given.flag('json') !== undefined,
      look: (how) => look(duties, how, given.flag('secrets') as SecretsMode | undefined, (told) => (trouble = told)),
      protocols: duties.protocols,
      takeFile: (bytes) => duties.takeFile(bytes),
      findRunning: duties.findRunning,
    });
  } catch (error) {
    const { code, message } = asKithError(error);
    if (message !== trouble) terminal.remark(`kith: ${message}`);
    return exitCodes[code];
  }
}

async function look(
  duties: VerbDuties,
  how: { readonly online: boolean },
  secrets: SecretsMode | undefined,
  told: (trouble: string) => void,
): Promise<Sight> {
  const running = await duties.findRunning();
  if (running !== undefined) {
    return {
      running: true,
      ask: (verb, input) => running.ask(verb, input),
      join: async () => {
        const snapshot = await running.ask('house.join', {});
        if (snapshot.trouble !== undefined) {
          duties.terminal.remark(`kith: ${snapshot.trouble.message}`);
          told(snapshot.trouble.message);
        }
        return snapshot;
      },
      onDidHear: running.onDidHear,
      async [Symbol.asyncDispose]() {
        running[Symbol.dispose]();
      },
    };
  }
  const { checkAsking } = await import('../bridge/schemas.ts');
  const house = await duties.openHouse({ ...how, ...(secrets === undefined ? {} : { secrets }) });
  return {
    running: false,
    ask: async (verb, input) => {
      checkAsking(verb, input);
      return house.ask(verb, input);
    },
    join: async () => house.snapshot(),
    onDidHear: house.onDidChange,
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}
