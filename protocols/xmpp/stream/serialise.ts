/** Elements as text. Works on a list instead of by recursion, so no depth can exhaust the stack. */
import { KithError } from '../../../src/base/index.ts';
import type { Element } from './element.ts';
import { ns } from './namespaces.ts';

/** What is still to be written: an element, a text, or the end of one that was begun. */
type Pending = { readonly node: Element | string; readonly within: string } | { readonly end: string };

/** Leaves out a namespace that is the parent's. `within` is the one in force where the text will stand. */
export function serialise(element: Element, within: string = ns.stanzas): string {
  const pending: Pending[] = [{ node: element, within }];
  let text = '';
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('end' in next) text += next.end;
    else if (typeof next.node === 'string') text += escape(next.node);
    else {
      const { node } = next;
      text += begin(node, next.within);
      if (node.children.length === 0) text += '/>';
      else {
        text += '>';
        pending.push({ end: `</${node.name}>` });
        for (const child of node.children.toReversed()) pending.push({ node: child, within: node.xmlns });
      }
    }
  }
  return text;
}

function begin(element: Element, within: string): string {
  let text = `<${checkedName(element.name)}`;
  if (element.xmlns !== within) text += ` xmlns="${escape(element.xmlns)}"`;
  let prefixes = 0;
  for (const [name, value] of Object.entries(element.attributes)) {
    const namespaced = /^\{(.*)\}(.*)$/s.exec(name);
    if (namespaced === null) text += ` ${checkedName(name)}="${escape(value)}"`;
    else {
      const prefix = `a${prefixes++}`;
      const [, uri = '', local = ''] = namespaced;
      text += ` xmlns:${prefix}="${escape(uri)}" ${prefix}:${checkedName(local)}="${escape(value)}"`;
    }
  }
  return text;
}

/** A name is written as it is, so one that could end its tag must never pass. */
function checkedName(name: string): string {
  if (/^[\p{L}_][\p{L}\p{N}\p{M}_.:·-]*$/u.test(name)) return name;
  throw new KithError('internal', 'An element or attribute was given a name XML does not allow');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Unescaped these would be changed by the reader: line ends become \n, white space in attributes becomes a space.
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Characters XML 1.0 cannot carry become U+FFFD: one pasted control character must not end the stream. */
export function escape(text: string): string {
  return text
    .replace(/[&<>"'\r\n\t]/g, (character) => escapes[character] ?? character)
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
}
