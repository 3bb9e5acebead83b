/** `kith account add|list|set|remove`. */
import type { HouseSnapshot } from '../../../contracts/index.ts';
import type { Account, Question, ProtocolId } from '../../../domain/index.ts';
import { accountOf, noAccountYet } from '../sight.ts';
import type { Acting, Act } from './act.ts';
import { within } from './act.ts';
import { SecretInput } from './secret-input.ts';
import { readSettings } from './settings.ts';
import { table } from './table.ts';

export const accountAdd: Act = async (acting) => {
  const { given, terminal } = acting;
  const address = given.words[0] ?? '';
  const protocol = (given.flag('protocol') ?? 'xmpp') as ProtocolId;
  const input = new SecretInput(terminal);
  const password = await readPassword(acting, input, address, true);
  return within(acting, false, async (sight) => {
    const snapshot = await sight.join();
    const { parameters, secrets } = await readSettings(given.all('set'), input, snapshot, protocol);
    const draft = { protocol, address, parameters, ...secrets, ...(password === undefined ? {} : { password }) };
    const account = await sight.ask('account.add', draft);
    const stored = (await sight.join()).accounts.find(({ id }) => id === account)?.address ?? address;
    if (acting.json) terminal.say(JSON.stringify({ account }));
    else terminal.say(sight.running ? `${stored} is added.` : `${stored} is added; it connects when Kith starts.`);
    if (password !== undefined && !sight.running && (snapshot.secrets === 'ask' || snapshot.secrets === 'memory'))
      terminal.remark(`Passwords are not kept (--secrets ${snapshot.secrets}); Kith will ask for it.`);
    return 0;
  });
};

export const accountList: Act = (acting) =>
  within(acting, false, async (sight) => {
    const snapshot = await sight.join();
    const rows = snapshot.accounts.map((account) => describe(account, snapshot, sight.running));
    if (acting.json) acting.terminal.say(JSON.stringify(rows));
    else if (rows.length === 0) acting.terminal.remark(noAccountYet);
    else
      for (const line of table(rows.map((row) => [row.address, row.protocol, row.state, row.asks ?? row.why ?? ''])))
        acting.terminal.say(line);
    return 0;
  });

export const accountSet: Act = async (acting) => {
  const { given } = acting;
  const address = given.words[0] ?? '';
  const input = new SecretInput(acting.terminal);
  const password = await readPassword(acting, input, address, given.flag('ask-password') !== undefined);
  return within(acting, false, async (sight) => {
    const snapshot = await sight.join();
    const account = accountOf(snapshot.accounts, address);
    const name = given.flag('name');
    const enabled = given.flag('enabled');
    const { parameters: changed, secrets } = await readSettings(given.all('set'), input, snapshot, account.protocol);
    const parameters = Object.keys(changed).length === 0 ? {} : { parameters: { ...account.parameters, ...changed } };
    await sight.ask('account.set', {
      account: account.id,
      ...parameters,
      ...secrets,
      ...(name === undefined ? {} : { name }),
      ...(enabled === undefined ? {} : { enabled: enabled === 'yes' }),
      ...(password === undefined ? {} : { password }),
    });
    done(acting, `${account.address} is changed.`);
    return 0;
  });
};

export const accountRemove: Act = (acting) =>
  within(acting, false, async (sight) => {
    const account = accountOf((await sight.join()).accounts, acting.given.words[0] ?? '');
    await sight.ask('account.remove', { account: account.id });
    done(acting, `${account.address} and its history are removed from this computer.`);
    return 0;
  });

function done(acting: Acting, sentence: string): void {
  acting.terminal.say(acting.json ? JSON.stringify({ done: true }) : sentence);
}

function describe(account: Account, snapshot: HouseSnapshot, running: boolean) {
  const connection = snapshot.connections.find((one) => one.account === account.id);
  const retry = snapshot.retries.find((one) => one.account === account.id)?.at;
  const state = !account.enabled ? 'disabled' : running ? (connection?.status ?? 'offline') : 'not running';
  const reason = connection?.reason;
  const question = snapshot.questions.find((one) => one.account === account.id);
  return {
    id: account.id,
    address: account.address,
    protocol: account.protocol,
    state,
    ...(reason === undefined || reason.code === 'requested' ? {} : { reason: reason.code, why: reason.text }),
    ...(retry === undefined ? {} : { nextAttempt: new Date(retry).toISOString() }),
    ...(question === undefined ? {} : { asks: asking(question, account) }),
  };
}

/** An account that waits for a person says for what, and where it is answered: a Kith without a window shows it nowhere else. */
function asking(question: Question, { address }: Account): string {
  switch (question.kind) {
    case 'password':
      return `needs its password: kith account set ${address} --ask-password`;
    case 'certificate': {
      const { reason, fingerprint } = question.question;
      return `asks whether to trust a certificate (${reason.replaceAll('-', ' ')}, SHA-256 ${fingerprint}); kith opens the window to answer`;
    }
    default:
      return 'has a question; kith opens the window to answer';
  }
}

/** From standard input, or typed unseen. Undefined when nobody is there to type and none was piped in. */
export async function readPassword(
  { given, terminal }: Acting,
  input: SecretInput,
  address: string,
  wanted: boolean,
): Promise<string | undefined> {
  if (given.flag('password-stdin') !== undefined) return input.line('password');
  if (!wanted || !terminal.interactive) return undefined;
  const typed = await terminal.readHidden(`Password of ${address} (empty to be asked later): `);
  return typed === '' ? undefined : typed;
}
