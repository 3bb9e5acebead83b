import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../test/harness/parse-xml.ts';
import { Element } from './element.ts';
import { limitsAfterAuthentication, limitsBeforeAuthentication, Reader, type Reading } from './reader.ts';
import { serialise } from './serialise.ts';

const header =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";

/** What a reader makes of these bytes, given in pieces. */
function read(pieces: readonly (string | Uint8Array)[], limits = limitsAfterAuthentication): Reading[] {
  const readings: Reading[] = [];
  const reader = new Reader(limits, (reading) => readings.push(reading));
  for (const piece of pieces) reader.write(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return readings;
}

/** What came behind the header. */
function behindHeader(...pieces: readonly (string | Uint8Array)[]): Reading[] {
  return read([header, ...pieces]).slice(1);
}

function faultOf(readings: readonly Reading[]): string | undefined {
  const last = readings.at(-1);
  return last?.kind === 'fault' ? last.fault.condition : undefined;
}

function elementOf(reading: Reading | undefined): Element {
  return reading?.kind === 'element' ? reading.element : new Element('nothing', '');
}

describe('the reader', () => {
  it('tells the header, the elements and the end apart', () => {
    const readings = read([header, '<message/>\n<a xmlns="urn:xmpp:sm:3" h="1"/>', '</stream:stream>']);
    expect(readings.map(({ kind }) => kind)).toEqual(['header', 'element', 'element', 'end']);
    expect(readings[0]?.kind === 'header' && readings[0].element.attributes).toEqual({ version: '1.0' });
    expect(elementOf(readings[2])).toEqual(new Element('a', 'urn:xmpp:sm:3', { h: '1' }));
  });

  it('resolves namespaces of elements and attributes', () => {
    const [reading] = behindHeader(
      "<message xml:lang='en'><x:y xmlns:x='urn:x' x:z='1' z='2'><inner xmlns=''/></x:y></message>",
    );
    expect(elementOf(reading)).toEqual(
      new Element('message', 'jabber:client', { 'xml:lang': 'en' }, [
        new Element('y', 'urn:x', { '{urn:x}z': '1', z: '2' }, [new Element('inner', '')]),
      ]),
    );
  });

  it('reads the same whatever byte the text is cut at', () => {
    const stanza = "<message to='mär@kith.test'><body>naïve 😀 &amp; 日本語 <![CDATA[<ß>]]></body></message>";
    const bytes = Buffer.from(header + stanza + '</stream:stream>');
    const whole = read([bytes]);
    expect(elementOf(whole[1]).child('body')?.text()).toBe('naïve 😀 & 日本語 <ß>');
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
    expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY y "z">]>', 'not-well-formed'],
    ['a comment', '<message><!-- x --></message>', 'restricted-xml'],
    ['a processing instruction', '<message><?x y?></message>', 'restricted-xml'],
    ['an entity nobody declared', '<message>&nope;</message>', 'not-well-formed'],
    ['a reference to no character', '<message>&#0;</message>', 'not-well-formed'],
    ['the same attribute twice', "<message to='a' to='b'/>", 'not-well-formed'],
    ['the same attribute under two prefixes', "<m xmlns:a='u' xmlns:b='u' a:x='1' b:x='2'/>", 'not-well-formed'],
    ['a prefix nobody declared', '<x:message/>', 'not-well-formed'],
    ['a prefix of an attribute nobody declared', "<message x:to='a'/>", 'not-well-formed'],
    ['a raw < in an attribute', "<message to='<'/>", 'not-well-formed'],
    ['an attribute without quotes', '<message to=a/>', 'not-well-formed'],
    ['a control character', '<message>\u0001</message>', 'not-well-formed'],
    ['NUL', '<message>\0</message>', 'not-well-formed'],
    ['another end tag', '<message><body></message>', 'not-well-formed'],
    ['a declaration in the middle', "<?xml version='1.0'?>", 'not-well-formed'],
    ['text between stanzas', '<message/>hello<message/>', 'bad-format'],
  ])('ends at %s', (_what, text, condition) => {
    expect(faultOf(behindHeader(text))).toBe(condition);
  });

  it.each([
    ['a reference', '<message><body>fish &chips', 'not-well-formed'],
    ['a reference in an attribute', "<message to='fish &#chips", 'not-well-formed'],
    ['a reference far within a text', `<message><body>${'long '.repeat(2000)}fish &chips `, 'not-well-formed'],
    ['a comment', '<message><body>fish<!-- and', 'restricted-xml'],
    ['a comment between stanzas', '<message/><!-- and', 'restricted-xml'],
    ['a processing instruction', '<message><?chips and', 'restricted-xml'],
  ])('ends at the beginning of %s that never ends, whatever byte it is cut at', (_what, text, condition) => {
    const pieces = Buffer.from(text);
    expect(faultOf(behindHeader(`${text}${' <message/>'.repeat(10)}`))).toBe(condition);
    expect(faultOf(behindHeader(...Array.from(pieces, (byte) => Uint8Array.of(byte)), '='))).toBe(condition);
  });

  it('takes references and literal text, whatever byte they are cut at', () => {
    const text =
      "<message to='&lt;&#x1F600;'><body>&amp;&#38; <![CDATA[fish &chips <!-- and <?peas]]>&gt;</body></message>";
    const [whole] = behindHeader(text);
    expect(whole).toMatchObject({ kind: 'element', element: { attributes: { to: '<😀' } } });
    expect(whole?.kind === 'element' && whole.element.child('body')?.text()).toBe('&& fish &chips <!-- and <?peas>');
    expect(behindHeader(...Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte)))).toEqual([whole]);
  });

  it('does not take what a wrong end tag closes for a stanza', () => {
    expect(behindHeader('<message><body>half</body></presence>')).toHaveLength(1);
  });

  it('ends at bytes that are not UTF-8', () => {
    expect(faultOf(behindHeader('<message><body>', Uint8Array.of(0xc3, 0x28), '</body></message>'))).toBe(
      'not-well-formed',
    );
  });

  it('delivers what was whole before a fault, and nothing after it', () => {
    const readings = behindHeader('<message id="1"/><message>&nope;</message><message id="2"/>', '<message id="3"/>');
    expect(readings.map(({ kind }) => kind)).toEqual(['element', 'fault']);
  });

  it.each([
    ['an attribute of ten megabytes', `<message to='${'a'.repeat(10 << 20)}'/>`],
    ['an attribute made of references', `<message to='${'&amp;'.repeat(1 << 20)}'/>`],
    ['a name of a megabyte', `<${'a'.repeat(1 << 20)}/>`],
    ['a text of a megabyte', `<message>${'a'.repeat(1 << 20)}</message>`],
    ['a stanza of nine megabytes', `<message>${`<a>${'text'.repeat(100)}</a>`.repeat(23_000)}</message>`],
    ['a stanza of 300,000 elements', `<message>${'<a/>'.repeat(300_000)}</message>`],
    ['129 attributes', `<message ${Array.from({ length: 129 }, (_, n) => `a${n}=''`).join(' ')}/>`],
    ['100,000 elements within one another', '<a>'.repeat(100_000)],
    ['white space without end within a stanza', `<message>${' '.repeat(1 << 20)}`],
  ])('refuses %s, soon', (_what, text) => {
    const began = process.cpuUsage();
    const bytes = Buffer.from(text);
    const pieces = [header];
    const readings: Reading[] = [];
    const reader = new Reader(limitsAfterAuthentication, (reading) => readings.push(reading));
    for (const piece of pieces) reader.write(Buffer.from(piece));
    for (let from = 0; from < bytes.length; from += 16_384) reader.write(bytes.subarray(from, from + 16_384));
    expect(faultOf(readings)).toBe('policy-violation');
    expect(readings).toHaveLength(2);
    // Quadratic behaviour would take minutes; this is the order of magnitude.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(5000);
  });

  it('allows little before anyone is proven', () => {
    const features = `<message>${'<a>text</a>'.repeat(10_000)}</message>`;
    expect(faultOf(read([header, features], limitsBeforeAuthentication))).toBe('policy-violation');
    expect(faultOf(read([header, features]))).toBeUndefined();
  });

  it('allows no document type before the header either, so that nothing can be declared', () => {
    expect(faultOf(read(['<!DOCTYPE x [<!ENTITY y "z">]>', header]))).toBe('restricted-xml');
  });

  it('takes white space between stanzas', () => {
    expect(behindHeader(' \n'.repeat(100_000), '<message/>').map(({ kind }) => kind)).toEqual(['element']);
  });

  it('takes a contact list of ten thousand', () => {
    const item =
      "<item jid='somebody.with.a.name@kith.test' name='Somebody with a name' subscription='both'><group>Friends</group></item>";
    const roster = `<iq type='result'><query xmlns='jabber:iq:roster'>${item.repeat(10_000)}</query></iq>`;
    expect(elementOf(behindHeader(roster)[0]).children).toHaveLength(1);
  });

  it('reads nothing more once halted, and knows whether there was more', () => {
    const halted = (text: string, later = '') => {
      let count = 0;
      const reader: Reader = new Reader(limitsAfterAuthentication, () => {
        count += 1;
        if (count === 2) reader.halt();
      });
      reader.write(Buffer.from(header + text));
      reader.write(Buffer.from(later));
      return { count, more: reader.spokeAfterHalt };
    };
    expect(halted('<proceed/>')).toEqual({ count: 2, more: false });
    expect(halted('<proceed/> \n')).toEqual({ count: 2, more: false });
    expect(halted('<proceed/><message/>')).toEqual({ count: 2, more: true });
    expect(halted('<proceed/>', '<mess')).toEqual({ count: 2, more: true });
    expect(halted('<proceed/><')).toEqual({ count: 2, more: true });
  });

  it('reads what was written', () => {
    const element = parseXml(
      "<message xml:lang='de'><body>&lt;\t\n&amp;'\"😀</body><x xmlns='urn:x' a='&#10;&#9;'/></message>",
    );
    expect(elementOf(behindHeader(serialise(element))[0])).toEqual(element);
  });
});
