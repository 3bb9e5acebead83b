import { describe, expect, it } from 'vitest';
import { parseXml } from '../../test/harness/parse-xml.ts';
import { VirtualClock } from '../../test/harness/virtual-clock.ts';
import { Requests } from './requests.ts';
import { type Element, xml } from './stream/element.ts';

const payload = xml('ping', 'urn:xmpp:ping');

function asking(to?: string) {
  const clock = new VirtualClock();
  const requests = new Requests(clock, 'me@home.example');
  let written: Element | undefined;
  const answer = requests.ask(
    (stanza) => {
      written = stanza;
    },
    { type: 'get', payload, ...(to === undefined ? {} : { to }) },
  );
  const id = written?.attribute('id') ?? '';
  const from = (who: string) => parseXml(`<iq type="result" id="${id}"${who === '' ? '' : ` from="${who}"`}/>`);
  return { clock, requests, answer, id, from };
}

describe('a question over the wire', () => {
  it.each([
    [undefined, ''],
    [undefined, 'me@home.example'],
    [undefined, 'me@home.example/phone'],
    ['amy@home.example/x', 'amy@home.example/x'],
    ['me@home.example', ''],
  ])('to %s may be answered by "%s"', async (to, who) => {
    const { requests, answer, from, clock } = asking(to);
    expect(requests.answered(from(who))).toBe(true);
    await expect(answer).resolves.toBeDefined();
    expect(clock.pending).toBe(0);
  });

  it.each([
    [undefined, 'mallory@evil.example'],
    [undefined, 'home.example'],
    ['amy@home.example/x', 'amy@home.example/y'],
    ['amy@home.example/x', ''],
    ['me@home.example', 'mallory@evil.example'],
  ])('to %s may not be answered by "%s"', (to, who) => {
    const { requests, from } = asking(to);
    expect(requests.answered(from(who))).toBe(false);
  });

  it('is answered once', () => {
    const { requests, from } = asking();
    expect([requests.answered(from('')), requests.answered(from(''))]).toEqual([true, false]);
  });

  it('gives up after half a minute', async () => {
    const { clock, answer } = asking();
    await Promise.all([expect(answer).rejects.toMatchObject({ code: 'timeout' }), clock.advance(30_000)]);
  });

  it('is abandoned with the session', async () => {
    const { requests, answer, clock } = asking();
    requests.abandon();
    await expect(answer).rejects.toMatchObject({ code: 'network' });
    expect(clock.pending).toBe(0);
  });

  it('says what the other side said', async () => {
    const { requests, answer, id } = asking();
    requests.answered(
      parseXml(`<iq type="error" id="${id}"><error type="cancel">
        <forbidden xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/>
        <text xmlns="urn:ietf:params:xml:ns:xmpp-stanzas">Go away</text></error></iq>`),
    );
    await expect(answer).rejects.toMatchObject({ code: 'permission-denied', message: 'Go away' });
  });
});
