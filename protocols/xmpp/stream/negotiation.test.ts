import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bound, sasl2, scram2 } from '../../../test/harness/fake-sasl2.ts';
import {
  bindFeature,
  grantBinding,
  managementFeature,
  mechanisms,
  scram,
  signIn,
  startTls,
  startTlsFeature,
} from '../../../test/harness/fake-xmpp-session.ts';
import type { Peer } from '../../../test/harness/fake-xmpp-server.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { inventedNames } from '../../../test/harness/invented-names.ts';
import { attempt, established, refusedWith } from '../../../test/harness/stream-attempt.ts';
import type { Aborting } from '../../../src/domain/index.ts';
import { ns } from './namespaces.ts';

const begin = "<stream:stream version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

/** How far a server goes before it falls silent: after each of these the client waits for its next word. */
const steps: readonly (readonly [string, (peer: Peer) => Promise<unknown>])[] = [
  ['before its first word', (peer) => peer.header()],
  ['before it lets encryption begin', (peer) => peer.greet(startTlsFeature).then(() => peer.element('starttls'))],
  [
    'at the beginning of encryption',
    async (peer) => {
      await peer.greet(startTlsFeature);
      await peer.element('starttls');
      peer.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    },
  ],
  ['before its first word under encryption', (peer) => startTls(peer).then(() => peer.header())],
  [
    'before it challenges',
    async (peer) => {
      await startTls(peer);
      await peer.greet(mechanisms('SCRAM-SHA-256'));
      await peer.element('auth');
    },
  ],
  [
    'before it begins anew',
    async (peer) => {
      await startTls(peer);
      await peer.greet(mechanisms('SCRAM-SHA-256'));
      await scram(peer);
      await peer.header();
    },
  ],
  [
    'before it challenges in the second profile',
    async (peer) => {
      await startTls(peer);
      await peer.greet(sasl2({ bind: [] }));
      await peer.element('authenticate');
    },
  ],
  [
    'before it offers what comes after the second profile',
    async (peer) => {
      await startTls(peer);
      await peer.greet(sasl2({ bind: [] }));
      await scram2(peer, { gives: { ...bound(), behind: '' } });
    },
  ],
  ['before it binds', (peer) => signIn(peer, bindFeature + managementFeature).then(() => peer.element('iq'))],
  [
    'before it manages',
    async (peer) => {
      await signIn(peer, bindFeature + managementFeature);
      await grantBinding(peer);
      await peer.element('enable');
    },
  ],
];

describe('an attempt', () => {
  const suite = fakeServerSuite();

  it.each(steps)('ends after fifteen seconds when the server falls silent %s', async (_when, script) => {
    const { tried, peer } = await suite.meet();
    await script(peer);
    await tried.clock.advance(14_999);
    expect(await Promise.race([tried.opened, 'still waiting'])).toBe('still waiting');
    await tried.clock.advance(1);
    expect(await refusedWith(tried)).toBe('server-silent');
    await peer.closed;
    expect(tried.clock.pending).toBe(0);
  });

  it('is not kept alive by a server that trickles', async () => {
    const { tried, peer } = await suite.meet();
    await peer.header();
    for (let second = 0; second < 14; second += 1) {
      peer.write(' ');
      await tried.clock.advance(1000);
    }
    await tried.clock.advance(1000);
    expect(await refusedWith(tried)).toBe('server-silent');
  });

  it.each(steps)('called off %s leaves nothing open', async (_when, script) => {
    const { tried, peer } = await suite.meet();
    await script(peer);
    tried.abort();
    expect(await refusedWith(tried)).toBe('cancelled');
    await peer.closed;
    expect(tried.clock.pending).toBe(0);
  });

  it.each(steps)('ends when the server is gone %s', async (_when, script) => {
    const { tried, peer } = await suite.meet();
    await script(peer);
    peer.drop();
    expect(await refusedWith(tried)).toBe('network');
    expect(tried.clock.pending).toBe(0);
  });

  it.each(steps.filter(([when]) => !when.includes('the beginning of')))(
    'ends when the server closes the stream %s',
    async (when, script) => {
      const { tried, peer } = await suite.meet();
      await script(peer);
      const begins = when.includes('word') || when.includes('anew');
      peer.write(begins ? `${begin}</stream:stream>` : '</stream:stream>');
      expect(await refusedWith(tried)).toBe('network');
      await peer.closed;
    },
  );

  it.each(steps)('is ended by closing the stream %s', async (_when, script) => {
    const { tried, peer } = await suite.meet();
    await script(peer);
    await tried.stream.close();
    expect(await refusedWith(tried)).toBe('cancelled');
    await peer.closed;
  });

  it('called off before it began does not begin', async () => {
    const { clock, opened } = (() => {
      const tried = attempt(suite.server);
      tried.abort();
      return tried;
    })();
    expect(await opened).toMatchObject({ code: 'cancelled' });
    expect(clock.pending).toBe(0);
  });

  it('called off while the password is being given says nothing more', async () => {
    const { tried, peer } = await suite.meet({
      password: async () => {
        tried.abort();
        return 'secret';
      },
    });
    await startTls(peer);
    await peer.greet(mechanisms('SCRAM-SHA-256'));
    expect(await refusedWith(tried)).toBe('cancelled');
    await peer.closed;
    expect(peer.heard).not.toContain('<auth');
  });

  it('forgets who could have called it off, once it is over', async () => {
    const listening = new Set<() => void>();
    const signal: Aborting = {
      aborted: false,
      addEventListener: (_type, listener) => void listening.add(listener),
      removeEventListener: (_type, listener) => void listening.delete(listener),
    };
    const { tried, peer } = await suite.meet({ signal });
    expect(listening.size).toBe(1);
    peer.drop();
    await tried.opened;
    expect(listening.size).toBe(0);
  });

  it('called off while names are looked up ends the looking', async () => {
    let cancelled = 0;
    const tried = attempt(suite.server, {
      host: '',
      parts: {
        lookup: () => ({
          ...inventedNames({})(),
          services: () => new Promise(() => {}),
          cancel: () => (cancelled += 1),
        }),
      },
    });
    tried.abort();
    expect(await refusedWith(tried)).toBe('cancelled');
    expect(cancelled).toBe(1);
  });

  it('does not wait for a machine that never answers, and says so', async () => {
    const dead = new Socket();
    const tried = attempt(suite.server, { parts: { connectSocket: () => dead } });
    await tried.clock.advance(15_000);
    expect(await refusedWith(tried)).toBe('server-silent');
    expect(dead.destroyed).toBe(true);
  });

  it('says that a machine cannot be reached', async () => {
    expect(await refusedWith(attempt({ port: 1 }))).toBe('unreachable');
  });

  it.each([['nobody'], ['kith.test'], ['@kith.test'], ['amy@'], ['amy@exa mple']])(
    'is refused for the address %j',
    async (address) => {
      expect(await refusedWith(attempt(suite.server, { address }))).toBe('invalid-argument');
    },
  );

  it('is made once', async () => {
    const { tried, peer } = await suite.meet();
    await expect(tried.stream.open(new AbortController().signal)).rejects.toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
    peer.drop();
    await tried.opened;
  });

  it.each([
    ['no version', "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"],
    ['another language', '<html><body>'],
    ['another namespace', "<stream:stream version='1.0' xmlns:stream='urn:other'>"],
    ['the language of servers', begin.replace('jabber:client', 'jabber:server')],
    ['no XML', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['a stanza in place of features', `${begin}<message/>`],
    ['a hundred thousand bytes', `<stream:stream to='${'a'.repeat(100_000)}'>`],
  ])('ends at a server that begins with %s', async (_what, text) => {
    const { tried, peer } = await suite.meet();
    await peer.header();
    peer.write(text);
    expect(await refusedWith(tried)).toBe('server-refused');
    await peer.closed;
    expect(peer.heard).toContain('<stream:error>');
  });
});

describe('binding', () => {
  const suite = fakeServerSuite();

  it('asks for the resource that is wished for, and takes the one that is given', async () => {
    const { tried, peer } = await suite.meet({ resource: 'Kith & co' });
    await signIn(peer, bindFeature);
    const asked = await grantBinding(peer, 'amy@kith.test', 'kith-7');
    expect(asked.child('bind', ns.bind)?.child('resource')?.text()).toBe('Kith & co');
    const outcome = await established(tried);
    expect(outcome.address).toBe('amy@kith.test/kith-7');
    expect(outcome.features.child('bind', ns.bind)).toBeDefined();
  });

  it('leaves the choice to the server otherwise', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature);
    expect((await grantBinding(peer)).child('bind', ns.bind)?.children).toEqual([]);
    await established(tried);
  });

  it('begins the session where an old server insists', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, `${bindFeature}<session xmlns='urn:ietf:params:xml:ns:xmpp-session'/>`);
    await grantBinding(peer);
    const asked = await peer.element('iq');
    expect(asked.child('session', ns.session)).toBeDefined();
    peer.write(`<iq type='result' id='${asked.attribute('id') ?? ''}'/>`);
    await established(tried);
  });

  it('says why the server gave no session', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature);
    const id = (await peer.element('iq')).attribute('id') ?? '';
    peer.write(
      `<iq type='error' id='${id}'><error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Too many of you</text></error></iq>`,
    );
    expect(await tried.opened).toMatchObject({
      code: 'server-refused',
      message: expect.stringMatching(/resource-constraint.*Too many of you/),
    });
  });

  it.each([['<jid></jid>'], ['<jid>@</jid>'], ['']])('does not accept %j as an address', async (given) => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature);
    const id = (await peer.element('iq')).attribute('id') ?? '';
    peer.write(`<iq type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${given}</bind></iq>`);
    expect(await refusedWith(tried)).toBe('server-refused');
  });

  it('hands on what came before the session stood, outside every count', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature + managementFeature);
    peer.write("<message id='early'/>");
    await grantBinding(peer);
    await peer.element('enable');
    peer.write("<enabled xmlns='urn:xmpp:sm:3'/><message id='first'/>");
    await established(tried);
    expect(await tried.next()).toMatchObject({ number: 0, element: { attributes: { id: 'early' } } });
    expect(await tried.next()).toMatchObject({ number: 1, element: { attributes: { id: 'first' } } });
  });

  it('does not take in without end what comes before the session stands', async () => {
    const { tried, peer } = await suite.meet();
    await signIn(peer, bindFeature);
    await peer.element('iq');
    peer.write('<message/>'.repeat(1001));
    expect(await refusedWith(tried)).toBe('server-refused');
  });
});
