/** Our account at a real server: another password for it, and its end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { availablePresence } from '../../src/domain/index.ts';
import { type KithRun, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { XmppPerson } from '../harness/xmpp-person.ts';

describe('an account at its server', () => {
  let server: Prosody;
  let kith: KithRun;
  beforeAll(async () => {
    server = await startProsody({ users: ['alice', 'bob'] });
    kith = await startKith({ secrets: 'plain' });
  });
  afterAll(async () => {
    await kith?.stop();
    await server?.stop();
  });

  /** With the password everybody had at first. */
  const isLetIn = async (name: string): Promise<string | undefined> => {
    await using someone = new XmppPerson(server, name, { resource: 'late' });
    await someone.connection.connect(availablePresence, new AbortController().signal);
    const { reason } = await someone.seat.heard.until('status-changed', ({ status }) => status !== 'connecting');
    return reason?.code;
  };

  it('gets another password, which is kept and signed in with from then on, and the old one opens nothing', async () => {
    const account = await kith.signIn(server, 'alice');
    await kith.ask('account.changePassword', { account, password: 'another and better' });
    await kith.connection('it to be online', (event) => event.type === 'status-changed' && event.status === 'online');
    await kith.ask('account.set', { account, enabled: false });
    await kith.ask('account.set', { account, enabled: true });
    await kith.connection(
      'it to be online again',
      (event) => event.type === 'status-changed' && event.status === 'online',
    );
    expect(await isLetIn('alice')).toBe('authentication-failed');
  });

  it('is gone for everybody when it is deleted there', async () => {
    const account = await kith.signIn(server, 'bob');
    await kith.ask('account.remove', { account, atServer: true });
    await kith.events.next(
      'it to be gone',
      (event) => event.type === 'accounts-changed' && event.removed.includes(account),
    );
    expect(await isLetIn('bob')).toBe('authentication-failed');
  });
});
