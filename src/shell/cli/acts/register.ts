/** `kith account register ADDRESS`: resolves when the account is made and signed in to, else nothing of it stays here. */
import { asKithError, type KithErrorCode, KithError, systemClock } from '../../../base/index.ts';
import type { HouseEvent } from '../../../contracts/index.ts';
import type { AccountId, ProtocolId, Question, RegistrationForm } from '../../../domain/index.ts';
import type { Terminal } from '../../terminal.ts';
import type { Sight } from '../sight.ts';
import { readPassword } from './accounts.ts';
import { type Act, within } from './act.ts';
import { SecretInput } from './secret-input.ts';
import { readSettings } from './settings.ts';

/** Milliseconds between two words of the house, apart from what a person takes. */
const patience = 60_000;

export const accountRegister: Act = async (acting) => {
  const { given, terminal } = acting;
  const address = given.words[0] ?? '';
  const protocol = (given.flag('protocol') ?? 'xmpp') as ProtocolId;
  const invitation = given.flag('invite');
  const input = new SecretInput(terminal);
  const password = await readPassword(acting, input, address, true);
  if (password === undefined)
    throw new KithError('password-needed', 'A new account needs a password: give it with --password-stdin');
  return within(acting, true, async (sight) => {
    const snapshot = await sight.join();
    const { parameters, secrets } = await readSettings(given.all('set'), input, snapshot, protocol);
    const heard: HouseEvent[] = [];
    let wake = (): void => {};
    const listening = sight.onDidHear(({ events }) => {
      heard.push(...events);
      wake();
    });
    const more = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    try {
      const account = await sight.ask('account.add', {
        protocol,
        address,
        parameters,
        ...secrets,
        password,
        register: true,
        ...(invitation === undefined ? {} : { invitation }),
      });
      try {
        await made(account, { sight, terminal, heard, more, wake: () => wake() });
      } catch (error) {
        await sight.ask('account.remove', { account });
        throw error;
      }
      const stored = (await sight.join()).accounts.find(({ id }) => id === account)?.address ?? address;
      terminal.say(acting.json ? JSON.stringify({ account }) : `${stored} is made.`);
      return 0;
    } finally {
      listening[Symbol.dispose]();
    }
  });
};

interface Watching {
  readonly sight: Sight;
  readonly terminal: Terminal;
  readonly heard: HouseEvent[];
  more(): Promise<void>;
  wake(): void;
}

/** Rejects with why it was not made. */
async function made(account: AccountId, watching: Watching): Promise<void> {
  for (;;) {
    for (const event of watching.heard.splice(0)) {
      if (event.type === 'questions-changed') {
        const question = event.open.find((one) => one.account === account);
        if (question !== undefined) await answer(watching, question);
      }
      if (event.type !== 'connection-changed' || event.account !== account) continue;
      if (event.event.type !== 'status-changed') continue;
      const { status, reason } = event.event;
      if (status === 'online') return;
      if (status === 'offline' && reason !== undefined && reason.code !== 'requested')
        throw new KithError(reason.code as KithErrorCode, reason.text);
    }
    let late = false;
    const bound = systemClock.after(patience, () => {
      late = true;
      watching.wake();
    });
    await watching.more();
    bound[Symbol.dispose]();
    if (late) throw new KithError('timeout', 'The server did not answer in time');
  }
}

async function answer({ sight, terminal }: Watching, question: Question): Promise<void> {
  if (question.kind === 'certificate')
    throw new KithError('certificate', 'The server’s certificate is not trusted. If it should be: --set ca=FILE');
  if (question.kind !== 'registration')
    throw new KithError('password-needed', 'Kith needs a secret that nobody gave it here');
  const filled = await fill(terminal, question.question);
  try {
    await sight.ask('question.answer', { question: question.id, answer: JSON.stringify(filled) });
  } catch (error) {
    // Withdrawn meanwhile: what became of the attempt follows.
    if (asKithError(error).code !== 'not-found') throw error;
  }
}

async function fill(terminal: Terminal, form: RegistrationForm): Promise<Record<string, string>> {
  const { fields, instructions, page, picture, fault = '' } = form;
  if (picture !== undefined) {
    const where = page === undefined ? '' : `. It can be done at ${page}`;
    throw new KithError(
      'not-supported',
      `The server wants a picture to be read, which cannot be shown here. Kith’s window can${where}`,
    );
  }
  if (!terminal.interactive) {
    const wanted = fields.filter(({ required }) => required).map(({ label }) => label);
    throw new KithError(
      'invalid-argument',
      `The server also wants to know: ${wanted.join(', ')}. Run this at a terminal`,
    );
  }
  for (const line of [fault, instructions]) if (line !== '') terminal.remark(line);
  if (page !== undefined) terminal.remark(`It can also be done at ${page}`);
  const filled: Record<string, string> = {};
  for (const { name, label, options, value } of fields) {
    const among = options.length === 0 ? '' : ` (${options.map((one) => one.value).join(', ')})`;
    const given = await terminal.readHidden(`${label}${among}: `);
    filled[name] = given === '' ? value : given;
  }
  return filled;
}
