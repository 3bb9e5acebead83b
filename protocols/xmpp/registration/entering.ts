/** XEP-0077: an account that is to be made is made before we sign in with it, on the same connection. */
import { KithError } from '../../../src/base/index.ts';
import { invited, type Seat, toBeMade } from '../../../src/contracts/index.ts';
import type { Aborting } from '../../../src/domain/index.ts';
import { domainOf, usernameOf } from '../address.ts';
import { proof, readInvitation } from '../invitation.ts';
import type { Standard } from '../standard.ts';
import { readError } from '../stanza-errors.ts';
import type { Door, StreamSettings } from '../stream/contract.ts';
import { xml } from '../stream/element.ts';
import { type Asking, filled, NS_REGISTER, readForm, type Values } from './form.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0077',
    name: 'In-Band Registration',
    version: '2.4',
    status: 'partial',
    note: 'what a server asks for is asked of the person; pictures to be read are shown in the window, when they come with the form',
    test: 'test/interop/an-account-is-made.test.ts',
  },
];

const invitation = { name: 'invitation', why: 'needed' } as const;

/** Nothing for an account that is there. */
export function entering(seat: Seat, signal: Aborting): Pick<StreamSettings, 'enter'> {
  if (seat.memory.get(toBeMade) === undefined) return {};
  return {
    async enter(door) {
      // An attempt may go to the server twice.
      const how = seat.memory.get(toBeMade);
      if (how === undefined) return;
      if (how === invited) await prove(door, await seat.ask('secret', invitation, signal), seat.address);
      await make(door, seat, signal);
      seat.memory.set(toBeMade, undefined);
    },
  };
}

/** XEP-0445 section 3: who was invited says so first. Rejects 'invalid-argument' where it is no invitation to this server, 'permission-denied' where it is worth nothing any more. */
async function prove(door: Door, link: string, address: string): Promise<void> {
  const { server, token } = readInvitation(link);
  if (server !== domainOf(address))
    throw new KithError('invalid-argument', `This invitation is for an account at ${server}`);
  const answer = await door.ask('set', proof(token));
  if (answer.attribute('type') === 'result') return;
  const cause = new KithError('server-refused', readError(answer).text);
  throw new KithError('permission-denied', 'This invitation is not good any more. Ask for a new one', { cause });
}

/** Asks the person only where the server wants more than a name and a password, and again while it does not take what they say. */
async function make(door: Door, seat: Seat, signal: Aborting): Promise<void> {
  const known = { username: usernameOf(seat.address), password: await door.password() };
  for (let fault: string | undefined; ;) {
    const form = await formOf(door);
    const more = form.asks(known);
    const values: Values =
      more === undefined
        ? known
        : {
            ...answered(await seat.ask('registration', fault === undefined ? more : { ...more, fault }, signal)),
            ...known,
          };
    const answer = await door.ask('set', filled(form, values));
    if (answer.attribute('type') === 'result') return;
    const { condition, text } = readError(answer);
    if (more === undefined || !mended.has(condition)) throw refusalOf(condition, text, seat.address);
    fault = text;
  }
}

async function formOf(door: Door): Promise<Asking> {
  const answer = await door.ask('get', xml('query', NS_REGISTER));
  if (answer.attribute('type') === 'error') {
    const { text } = readError(answer);
    throw new KithError('not-supported', `The server makes no accounts for people who ask: ${text}`);
  }
  const form = readForm(answer);
  if (form.takes) return form;
  const where = form.page === undefined ? 'and does not say where it does' : `but on its page ${form.page}`;
  throw new KithError('not-supported', `The server makes no accounts this way, ${where}`);
}

const answered = (answer: string): Values => JSON.parse(answer) as Values;

/** What a person may have got wrong in the form. */
const mended: ReadonlySet<string> = new Set([
  'not-acceptable',
  'bad-request',
  'not-allowed',
  'forbidden',
  'not-authorized',
]);

/** None of these goes away by being tried again. */
function refusalOf(condition: string, text: string, address: string): KithError {
  if (condition === 'conflict') return new KithError('already-exists', `${address} is taken. Choose another name`);
  if (condition === 'not-acceptable' || condition === 'bad-request' || condition === 'jid-malformed')
    return new KithError('invalid-argument', `The server does not take this name and password: ${text}`);
  return new KithError('permission-denied', `The server did not make the account: ${text}`);
}
