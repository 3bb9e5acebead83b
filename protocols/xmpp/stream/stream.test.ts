import { describe, expect, it } from 'vitest';
import { bindFeature, serve, signIn } from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established, type Attempt, type Trying } from '../../../test/harness/stream-attempt.ts';
import { until } from '../../../test/harness/waiting.ts';
import { xml } from './element.ts';
import { ns } from './namespaces.ts';

const message = (id: string, body?: string) =>
  xml('message', ns.stanzas, { id }, body === undefined ? undefined : xml('body', ns.stanzas, {}, body));

/** Our end of the socket may close a moment after the server's. */
async function allTimersGone({ clock }: Attempt): Promise<void> {
  await until('every timer to be gone', () => (clock.pending === 0 ? true : undefined), { within: 5000 });
}

describe('a stream that stands', () => {
  const suite = fakeServerSuite();

  async function standing(managed = true, trying?: Trying) {
    const { tried, peer } = await suite.meet(trying);
    await serve(peer, managed);
    await established(tried);
    return { tried, peer };
  }

  it('understands every alphabet, whatever byte it is cut at', async () => {
    const { tried, peer } = await standing();
    const body = 'naïve 日本語 😀 עִבְרִית';
    await peer.writeSlowly(Buffer.from(`<message><body>${body}</body></message>`));
    expect((await tried.next()).element.child('body')?.text()).toBe(body);
  });

  it('speaks every alphabet', async () => {
    const { tried, peer } = await standing();
    const body = `naïve 日本語 😀 <&>"' ${'€'.repeat(100_000)}`;
    tried.stream.send(message('1', body));
    expect((await peer.element('message')).child('body')?.text()).toBe(body);
  });

  it('lets whoever opened it know that it stands before the first stanza, though both come in one packet', async () => {
    const { tried, peer } = await suite.meet();
    const order: string[] = [];
    const listening = tried.stream.onDidReceive(() => order.push('stanza'));
    const opened = tried.opened.then(() => order.push('open'));
    await signIn(peer, bindFeature);
    const id = (await peer.element('iq')).attribute('id') ?? '';
    const bound = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>amy@kith.test/desk</jid></bind>";
    peer.write(`<iq type='result' id='${id}'>${bound}</iq><message/>`);
    await opened;
    await tried.next();
    listening[Symbol.dispose]();
    expect(order).toEqual(['open', 'stanza']);
  });

  it('takes stanzas as large as a contact list', async () => {
    const { tried, peer } = await standing();
    const items = "<item jid='somebody@kith.test'/>".repeat(30_000);
    peer.write(`<iq type='result' id='1'><query xmlns='jabber:iq:roster'>${items}</query></iq>`);
    expect((await tried.next()).element.child('query', 'jabber:iq:roster')?.children).toHaveLength(30_000);
  });

  it('sends nothing before and nothing after', async () => {
    const { tried, peer } = await suite.meet();
    const refused = expect.objectContaining({ code: 'not-online' });
    expect(() => tried.stream.send(message('1'))).toThrow(refused);
    await serve(peer);
    await established(tried);
    peer.drop();
    await tried.ended;
    expect(() => tried.stream.send(message('1'))).toThrow(refused);
    tried.stream.handled(1);
    await tried.stream.close();
  });

  it('goes on when a listener fails', async () => {
    const { tried, peer } = await standing();
    const fail = (): void => {
      throw new RangeError('A fault of the listener');
    };
    const listening = tried.stream.onDidReceive(fail);
    tried.stream.send(message('1'), fail);
    await peer.element('message');
    peer.write("<message/><a xmlns='urn:xmpp:sm:3' h='1'/><presence/>");
    expect((await tried.next()).element.name).toBe('message');
    expect((await tried.next()).element.name).toBe('presence');
    listening[Symbol.dispose]();
  });

  it.each([
    ['nesting 100,000 deep', '<a>'.repeat(100_000), 'policy-violation'],
    ['an attribute of ten megabytes', `<message to='${'a'.repeat(10 << 20)}'/>`, 'policy-violation'],
    ['a billion laughs', '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>', 'not-well-formed'],
    ['a comment', '<!-- psst -->', 'restricted-xml'],
    ['an entity nobody declared', '<message>&nope;</message>', 'not-well-formed'],
    ['the same attribute twice', "<message to='a' to='b'/>", 'not-well-formed'],
    ['a prefix nobody declared', '<x:message/>', 'not-well-formed'],
    ['a stream within the stream', '<message></stream:stream>', 'not-well-formed'],
  ])('ends at %s, and tells the server why', async (_what, text, condition) => {
    const { tried, peer } = await standing();
    peer.write(text);
    const error = await peer.element('error');
    expect(error.child(condition, ns.streamConditions)).toBeDefined();
    await peer.goodbye();
    expect(await tried.ended).toEqual({ code: 'server-refused', text: expect.any(String) });
    await peer.closed;
    await allTimersGone(tried);
  });

  it.each([
    ['conflict', 'replaced'],
    ['system-shutdown', 'network'],
    ['reset', 'network'],
    ['connection-timeout', 'network'],
    ['not-authorized', 'authentication-failed'],
    ['policy-violation', 'server-refused'],
    ['host-unknown', 'server-refused'],
    ['something-new', 'server-refused'],
  ])('hears the error %s as %s, and the session is over with it', async (condition, code) => {
    const { tried, peer } = await standing();
    peer.write(
      `<stream:error><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>`,
    );
    expect(await tried.ended).toEqual({ code, text: expect.any(String) });
    await peer.goodbye();
    await peer.closed;
  });

  it('says goodbye when the server does, and the session is over with it', async () => {
    const { tried, peer } = await standing();
    peer.write('</stream:stream>');
    await peer.goodbye();
    expect(await tried.ended).toEqual({ code: 'network', text: expect.any(String) });
    await peer.closed;
  });

  it('may be continued when the server hangs up without a word', async () => {
    const { tried, peer } = await standing();
    peer.hangUp();
    expect((await tried.ended).resumption).toBeDefined();
    await peer.closed;
  });

  it('is closed when both have said goodbye', async () => {
    const { tried, peer } = await standing();
    const closing = Promise.all([tried.stream.close(), tried.stream.close()]);
    await peer.goodbye();
    expect(() => tried.stream.send(message('1'))).toThrow(expect.objectContaining({ code: 'not-online' }));
    peer.write('<message/></stream:stream>');
    await closing;
    expect(tried.received).toHaveLength(1);
    expect(await tried.ended).toEqual({ code: 'requested', text: '' });
    await peer.closed;
    await allTimersGone(tried);
  });

  it('is closed after two seconds without the server', async () => {
    const { tried, peer } = await standing();
    let closed = false;
    const closing = tried.stream.close().then(() => (closed = true));
    await peer.goodbye();
    await tried.clock.advance(1999);
    expect(closed).toBe(false);
    await tried.clock.advance(1);
    await closing;
    expect(await tried.ended).toEqual({ code: 'requested', text: '' });
    await peer.closed;
  });

  it('asks after a minute of silence, and goes on when there is an answer', async () => {
    const { tried, peer } = await standing();
    await tried.clock.advance(59_999);
    expect(peer.heard).not.toContain('<r ');
    await tried.clock.advance(1);
    await peer.element('r');
    peer.write("<a xmlns='urn:xmpp:sm:3' h='0'/><message/>");
    await tried.next();
    await tried.clock.advance(59_999);
    tried.stream.send(message('1'));
    await peer.element('message');
    await peer.element('r');
    peer.write("<a xmlns='urn:xmpp:sm:3' h='1'/><message/>");
    await tried.next();
  });

  it('does not ask a server that talks', async () => {
    const { tried, peer } = await standing();
    for (let minute = 0; minute < 5; minute += 1) {
      await tried.clock.advance(50_000);
      peer.write('<message/>');
      await tried.next();
    }
    expect(peer.heard).not.toContain('<r ');
  });

  it('ends half a minute after a question nobody answers, and may be continued', async () => {
    const { tried, peer } = await standing();
    await tried.clock.advance(60_000);
    await peer.element('r');
    await tried.clock.advance(29_999);
    expect(await Promise.race([tried.ended, 'alive'])).toBe('alive');
    await tried.clock.advance(1);
    const end = await tried.ended;
    expect(end.code).toBe('server-silent');
    expect(end.resumption).toBeDefined();
    await peer.closed;
    await allTimersGone(tried);
  });

  it('asks at once where the network may have become another, and ends after two seconds without an answer', async () => {
    const { tried, peer } = await standing();
    tried.stream.check();
    await peer.element('r');
    await tried.clock.advance(1_000);
    // Asked again, it waits no longer for that.
    tried.stream.check();
    await tried.clock.advance(999);
    expect(await Promise.race([tried.ended, 'alive'])).toBe('alive');
    await tried.clock.advance(1);
    expect(await tried.ended).toMatchObject({ code: 'server-silent', resumption: expect.anything() });
    await allTimersGone(tried);
  });

  it('ends at once, to be resumed, when the address of this machine that it goes out from is gone', async () => {
    let here = ['127.0.0.1', '192.0.2.7'];
    const { tried } = await standing(true, { parts: { ownAddresses: () => here } });
    tried.stream.check();
    expect(await Promise.race([tried.ended, 'alive'])).toBe('alive');
    here = ['192.0.2.7'];
    tried.stream.check();
    expect(await tried.ended).toMatchObject({ code: 'network', resumption: expect.anything() });
    await allTimersGone(tried);
  });

  it('goes on when the server answers, or says anything, in time', async () => {
    const { tried, peer } = await standing();
    tried.stream.check();
    await peer.element('r');
    peer.write('<message/>');
    await tried.next();
    await tried.clock.advance(50_000);
    expect(await Promise.race([tried.ended, 'alive'])).toBe('alive');
    await tried.clock.advance(60_000);
    await peer.element('r');
  });

  it('asks by ping where there is no stream management', async () => {
    const { tried, peer } = await standing(false);
    await tried.clock.advance(60_000);
    expect((await peer.element('iq')).child('ping', ns.ping)).toBeDefined();
    await tried.clock.advance(30_000);
    expect(await tried.ended).toEqual({ code: 'server-silent', text: expect.any(String) });
  });

  it('is not kept open by whoever called off the attempt it came from', async () => {
    const { tried, peer } = await standing();
    tried.abort();
    peer.write('<message/>');
    expect((await tried.next()).number).toBe(1);
  });
});
