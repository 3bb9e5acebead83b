import { describe, expect, it } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import { Element, xml } from './element.ts';
import { ns } from './namespaces.ts';
import { serialise } from './serialise.ts';

describe('an element as text', () => {
  it('names a namespace only where it changes', () => {
    const message = xml(
      'message',
      ns.stanzas,
      { to: 'a@b' },
      xml('body', ns.stanzas, {}, 'hi'),
      xml('x', 'urn:x', {}, xml('y', 'urn:x'), xml('z', ns.stanzas), xml('none', '')),
    );
    expect(serialise(message)).toBe(
      '<message to="a@b"><body>hi</body><x xmlns="urn:x"><y/><z xmlns="jabber:client"/><none xmlns=""/></x></message>',
    );
    expect(serialise(message, 'urn:other')).toMatch(/^<message xmlns="jabber:client" to=/);
  });

  it('escapes what would be markup, and what a reader would change', () => {
    expect(serialise(xml('a', ns.stanzas, { b: `<>&'"\n` }, `<>&'"]]>\r`))).toBe(
      '<a b="&lt;&gt;&amp;&apos;&quot;&#10;">&lt;&gt;&amp;&apos;&quot;]]&gt;&#13;</a>',
    );
  });

  it('replaces what XML cannot carry, so that no text can end the stream', () => {
    expect(serialise(xml('a', ns.stanzas, { b: '\0' }, '\u0008x\u{FFFE}\u{D800}😀'))).toBe(
      '<a b="\u{FFFD}">\u{FFFD}x\u{FFFD}\u{FFFD}😀</a>',
    );
  });

  it('gives attributes of other namespaces a prefix', () => {
    expect(serialise(xml('a', ns.stanzas, { '{urn:x}b': '1', '{urn:y}c': '2', 'xml:lang': 'en' }))).toBe(
      '<a xmlns:a0="urn:x" a0:b="1" xmlns:a1="urn:y" a1:c="2" xml:lang="en"/>',
    );
  });

  it.each([['a b'], ['a>'], [''], ["a='"], ['1a'], ['a/']])('refuses the name %j', (name) => {
    expect(() => serialise(xml(name, ns.stanzas))).toThrow(KithError);
    expect(() => serialise(xml('a', ns.stanzas, { [name]: '' }))).toThrow(KithError);
  });

  it('writes a hundred thousand elements within one another', () => {
    let element = new Element('a', ns.stanzas);
    for (let depth = 1; depth < 100_000; depth += 1) element = new Element('a', ns.stanzas, {}, [element]);
    expect(serialise(element)).toHaveLength(99_999 * '<a></a>'.length + '<a/>'.length);
  });
});
