/** A Kith whose computer trusts the authority of the server, as if everybody did; and accounts that name authorities of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HouseEvent } from '../../src/contracts/index.ts';
import type { ConnectionEvent, ProtocolId } from '../../src/domain/index.ts';
import { makeCertificates, type Certificates } from '../harness/certificates.ts';
import { startKith, type KithRun } from '../harness/kith.ts';
import { startProsody, type Prosody } from '../harness/prosody.ts';

type Asking = Extract<HouseEvent, { type: 'questions-changed' }>;

const online = (event: ConnectionEvent) => event.type === 'status-changed' && event.status === 'online';
const refused = (event: ConnectionEvent) =>
  event.type === 'status-changed' && event.status === 'offline' && event.reason?.code === 'certificate';

describe('an account with an authority of its own', () => {
  let server: Prosody;
  let folder: string;
  let other: Certificates;
  let kith: KithRun;
  beforeAll(async () => {
    server = await startProsody({ users: ['alice'] });
    folder = await mkdtemp(join(tmpdir(), 'kith-authority-'));
    other = await makeCertificates(folder, ['localhost']);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    kith = await startKith({ env: { NODE_EXTRA_CA_CERTS: server.caFile } });
  });
  afterEach(() => kith?.stop());

  const add = (ca?: string) =>
    kith.ask('account.add', {
      protocol: 'xmpp' as ProtocolId,
      address: 'alice@localhost',
      password: server.password,
      parameters: { host: server.host, port: server.port, ...(ca === undefined ? {} : { ca }) },
    });

  it('believes none that everybody else believes, and asks', async () => {
    const account = await add(other.ca);
    const { open } = await kith.events.next(
      'the question about the certificate',
      (event): event is Asking => event.type === 'questions-changed' && event.open.length > 0,
    );
    expect(open).toMatchObject([{ kind: 'certificate', account, question: { reason: 'unknown-issuer' } }]);
    await kith.ask('question.answer', { question: open[0]!.id, answer: 'no' });
    const { event } = await kith.connection('the refusal', refused);
    expect(event).toMatchObject({ reason: { text: expect.stringContaining('cannot be verified (unknown-issuer)') } });
  });

  it('believes any of several', async () => {
    const account = await add(`Ours:\n${other.ca}\nTheirs:\n${server.ca}`);
    expect((await kith.connection('it to be online', online)).account).toBe(account);
  });

  it('is the only one that does: another believes what everybody believes', async () => {
    const account = await add();
    expect((await kith.connection('it to be online', online)).account).toBe(account);
  });
});
