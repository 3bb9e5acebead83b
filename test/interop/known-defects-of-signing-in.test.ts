/** What @xmpp/client 0.14 gets wrong while signing in: each row is seen wrong there and right here, with the same server playing the same trick. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bothLibraries, offer, type Other } from '../harness/both-libraries.ts';
import { send } from '../harness/counted-messages.ts';
import { failure, sasl2, scram2, token2 } from '../harness/fake-sasl2.ts';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  mechanisms,
  scram,
  type ScramLogin,
} from '../harness/fake-xmpp-session.ts';
import type { Peer } from '../harness/fake-xmpp-server.ts';
import { established, refusedWith } from '../harness/stream-attempt.ts';
import { TestLoginMemory } from '../harness/test-login-memory.ts';

const mechanism = 'SCRAM-SHA-1';

describe('@xmpp/client and Kith with the same server', () => {
  const { suite, them, us } = bothLibraries();

  const asServer = (how: ScramLogin) => async (peer: Peer) => {
    await offer(peer, mechanisms(mechanism));
    return await scram(peer, { mechanism, ...how });
  };

  async function bind(peer: Peer): Promise<void> {
    await peer.greet(bindFeature);
    await grantBinding(peer);
  }

  it('row 2: a server that cannot prove that it knows the password is believed, and not by Kith', async () => {
    const impostor = async (peer: Peer) => {
      await asServer({ password: 'never heard of it', proof: 'wrong' })(peer);
      await bind(peer);
    };
    await using other = await them();
    await impostor(other.peer);
    expect(await other.program.becomes('online')).toBe('amy@kith.test/desk');

    const { tried } = await us(impostor);
    expect(await refusedWith(tried)).toBe('server-unproven');
  });

  it('row 2, second profile: a server need only leave its proof out', async () => {
    const impostor = async (peer: Peer) => {
      await offer(peer, sasl2({ mechanisms: [mechanism] }));
      const behind = `<stream:features>${bindFeature}</stream:features>`;
      await scram2(peer, { mechanism, password: 'never heard of it', proof: 'missing', gives: { behind } });
      await grantBinding(peer);
    };
    await using other = await them();
    await impostor(other.peer);
    expect(await other.program.becomes('online')).toBe('amy@kith.test/desk');

    const { tried } = await us(impostor);
    expect(await refusedWith(tried)).toBe('server-unproven');
  });

  it('row 7: a server decides how cheap the proof is to guess the password from, but not for Kith', async () => {
    const cheap = asServer({ iterations: 1 });
    await using other = await them();
    expect(await cheap(other.peer)).toMatchObject({ right: true });

    const { tried, peer: ours } = await us(cheap);
    expect(await refusedWith(tried)).toBe('server-unproven');
    expect(ours.heard).not.toContain('<response');
  });

  it('row 7: a server keeps a processor busy for as long as it likes, but not with Kith', async () => {
    const greedy = asServer({ iterations: 1_000_000_000 });
    await using other = await them();
    const playing = greedy(other.peer).catch(() => undefined);
    await other.program.works(2);
    expect(other.peer.heard).not.toContain('<response');

    const { tried } = await us(greedy);
    expect(await refusedWith(tried)).toBe('server-unproven');
    void playing;
  });

  it.each([
    ['pässwörd', '\0amy\0pässwörd'],
    ['p€ss😀', '\0amy\0p€ss😀'],
  ])('row 8: the password %s is told in no encoding a server knows, and by Kith in UTF-8', async (password, told) => {
    const plain = async (peer: Peer) => {
      await offer(peer, mechanisms('PLAIN'));
      return Buffer.from((await peer.element('auth')).text(), 'base64').toString();
    };
    await using other = await them({ password });
    expect(await Promise.race([plain(other.peer), other.program.fails()])).not.toBe(told);

    const { tried, played } = await us(plain, { password: async () => password });
    expect(await played).toBe(told);
    tried.abort();
    await tried.opened;
  });

  const managed = async (peer: Peer) => {
    await asServer({})(peer);
    await peer.greet(bindFeature + managementFeature);
  };
  const serve = async (peer: Peer) => {
    await managed(peer);
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true'/>");
  };
  /** A session of Kith lost with a message on its way. */
  const oursLost = async () => {
    const { tried, peer, played } = await us(serve);
    await played;
    await established(tried);
    const acknowledged = send(tried, 'm1');
    const sent = await peer.element('message');
    peer.drop();
    const { resumption } = await tried.ended;
    return { sent, acknowledged, trying: resumption === undefined ? {} : { resume: resumption } };
  };
  /** The same of the other library, which comes back by itself. */
  const theirsLost = async ({ program, peer }: Other) => {
    await serve(peer);
    await program.becomes('online');
    program.send('ben@kith.test', 'Hello', 'm1');
    const sent = await peer.element('message');
    peer.drop();
    return { sent, back: await suite.server.accepted() };
  };

  it('row 11: what is sent again after a loss is not what was sent; from Kith it is', async () => {
    const goOn = async (peer: Peer) => {
      await managed(peer);
      await peer.element('resume');
      peer.write("<resumed xmlns='urn:xmpp:sm:3' previd='session-1' h='0'/>");
      return await peer.element('message');
    };
    const ours = await oursLost();
    await using other = await them();
    const theirs = await theirsLost(other);
    const again = await goOn(theirs.back);
    const delays = [theirs.sent, again].map((sent) => sent.child('delay', 'urn:xmpp:delay')?.attribute('from'));
    expect(delays).toEqual([undefined, 'amy@kith.test/desk']);

    const { tried, played } = await us(goOn, ours.trying);
    expect(await played).toEqual(ours.sent);
    expect(await established(tried)).toMatchObject({ resumed: true, address: 'amy@kith.test/desk' });
  });

  it('row 11: what the server has is given up on, so that it is said twice; Kith knows that it has it', async () => {
    const deny = async (peer: Peer) => {
      await managed(peer);
      await peer.element('resume');
      const condition = "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>";
      peer.write(`<failed xmlns='urn:xmpp:sm:3' h='1'>${condition}</failed>`);
      await grantBinding(peer);
      await peer.element('enable');
      peer.write("<enabled xmlns='urn:xmpp:sm:3' id='session-2'/>");
    };
    const ours = await oursLost();
    await using other = await them();
    await deny((await theirsLost(other)).back);
    expect(await other.program.givesUp()).toBe('m1');

    const { tried } = await us(deny, ours.trying);
    expect(await established(tried)).toMatchObject({ resumed: false, lost: [] });
    expect(ours.acknowledged).toEqual(['m1']);
  });

  const tokens = ['HT-SHA-256-EXPR', 'HT-SHA-256-NONE'];
  const offerTokens = (peer: Peer) =>
    offer(peer, sasl2({ mechanisms: [`${mechanism}-PLUS`, mechanism], types: ['tls-exporter'], fast: tokens }));
  const inside = "<token xmlns='urn:xmpp:fast:0' token='token-1' expiry='2100-01-01T00:00:00Z'/>";

  it('row 12: the token asked for is good on every connection, and that of Kith on its own alone', async () => {
    const wish = async (peer: Peer) => {
      await offerTokens(peer);
      const asked = await peer.element('authenticate');
      return asked.child('request-token', 'urn:xmpp:fast:0')?.attribute('mechanism');
    };
    await using other = await them();
    expect(await wish(other.peer)).toBe('HT-SHA-256-NONE');

    const { tried, played } = await us(wish);
    expect(await played).toBe('HT-SHA-256-EXPR');
    tried.abort();
    await tried.opened;
  });

  it('row 12: a server that has trouble for a moment is at once told the proof of the password; Kith waits', async () => {
    const trouble = async (peer: Peer) => {
      await offerTokens(peer);
      await token2(peer, 'token-1', { instead: failure('temporary-auth-failure') });
    };
    await using other = await them();
    await offerTokens(other.peer);
    await scram2(other.peer, { mechanism, gives: { inside } });
    await grantBinding(other.peer);
    other.peer.drop();
    const back = await suite.server.accepted();
    await trouble(back);
    expect((await back.element('authenticate')).attribute('mechanism')).toBe(mechanism);

    const kept = JSON.stringify({ mechanism: 'HT-SHA-256-EXPR', secret: 'token-1', uses: 0 });
    const memory = new TestLoginMemory(undefined, kept);
    const { tried } = await us(trouble, { memory });
    expect(await refusedWith(tried)).toBe('network');
    expect(tried.asked.passwords).toBe(0);
    expect(memory.kept).toContain('token-1');
  });

  it.each([
    ['the password itself is sent', ['SCRAM-SHA-256', 'PLAIN'], 'PLAIN', 'SCRAM-SHA-256'],
    ['nobody gets in', ['SCRAM-SHA-256'], 'No compatible mechanism', 'SCRAM-SHA-256'],
    ['nobody gets in', ['SCRAM-SHA-512'], 'No compatible mechanism', 'SCRAM-SHA-512'],
    ['the proof is bound to nothing', ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'], 'SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'],
  ])('row 13: %s where %j are offered; Kith knows better', async (_what, names, theirChoice, ourChoice) => {
    const choice = async (peer: Peer) => {
      await offer(peer, mechanisms(...names));
      return (await peer.element('auth')).attribute('mechanism');
    };
    await using other = await them();
    expect(await Promise.race([choice(other.peer), other.program.fails()])).toContain(theirChoice);

    const { tried, played } = await us(choice);
    expect(await played).toBe(ourChoice);
    tried.abort();
    await tried.opened;
  });

  it('row 13: nobody notices that the offer was changed on its way; Kith does (XEP-0474)', async () => {
    const whole = createHash('sha1').update('SCRAM-SHA-1\u{1E}SCRAM-SHA-256').digest('base64');
    const cut = asServer({ extension: `,h=${whole}` });
    await using other = await them();
    expect(await cut(other.peer)).toMatchObject({ right: true });

    const { tried, peer: ours } = await us(cut);
    expect(await refusedWith(tried)).toBe('downgraded');
    expect(ours.heard).not.toContain('<response');
  });
});
