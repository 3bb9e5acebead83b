import { describe, expect, it } from 'vitest';
import { bindFeature, grantBinding, mechanisms, scram, startTls } from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { TestLoginMemory } from '../../../test/harness/test-login-memory.ts';
import { established, refusedWith } from '../../../test/harness/stream-attempt.ts';

describe('a person who allowed plain text for an account', () => {
  const suite = fakeServerSuite();
  const plainText = true;

  it('is signed in where no encryption is offered, by a proof on both sides', async () => {
    const { tried, peer } = await suite.meet({ plainText });
    await peer.greet(mechanisms('SCRAM-SHA-256', 'PLAIN'));
    expect(await scram(peer)).toEqual({ right: true, flag: 'n' });
    await peer.greet(bindFeature);
    await grantBinding(peer);
    expect((await established(tried)).address).toBe('amy@kith.test/desk');
    expect(peer.greeting).toEqual({ sni: null, alpn: null });
    expect(peer.heard).not.toContain('secret');
  });

  it('is still encrypted where encryption is offered', async () => {
    const { tried, peer } = await suite.meet({ plainText });
    await startTls(peer);
    await peer.greet(mechanisms('SCRAM-SHA-256'));
    await scram(peer);
    await peer.greet(bindFeature);
    await grantBinding(peer);
    await established(tried);
    expect(peer.greeting.sni).toBe('kith.test');
  });

  it('does not have the password itself sent', async () => {
    const { tried, peer } = await suite.meet({ plainText });
    await peer.greet(mechanisms('PLAIN'));
    expect(await tried.opened).toMatchObject({
      code: 'not-encrypted',
      message: 'The server wants the password in plain text, and offers no encryption',
    });
    expect(tried.asked.passwords).toBe(0);
    expect(peer.heard).not.toContain('<auth');
  });

  it('is not signed in to a server that does not know the password', async () => {
    const { tried, peer } = await suite.meet({ plainText });
    await peer.greet(mechanisms('SCRAM-SHA-1'));
    await scram(peer, { mechanism: 'SCRAM-SHA-1', proof: 'wrong' });
    expect(await refusedWith(tried)).toBe('server-unproven');
  });

  it('is not led out of encryption where an account was bound to it before', async () => {
    const memory = new TestLoginMemory();
    memory.mechanism = 'SCRAM-SHA-256-PLUS';
    const { tried, peer } = await suite.meet({ plainText, memory });
    await peer.greet(mechanisms('SCRAM-SHA-256', 'SCRAM-SHA-256-PLUS'));
    expect(await refusedWith(tried)).toBe('downgraded');
    expect(tried.asked.passwords).toBe(0);
  });
});
