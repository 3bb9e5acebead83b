/** XML text as the stream's elements: fixtures and expectations are written as they go over the wire. */
import { SaxesParser } from 'saxes';
import { Element, type Node } from '../../protocols/xmpp/stream/element.ts';

/** One element; names without a namespace of their own are of jabber:client. White space between elements is layout. */
export function parseXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true, additionalNamespaces: { '': 'jabber:client' } });
  const open: { name: string; xmlns: string; attributes: Record<string, string>; children: Node[] }[] = [];
  let root: Element | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const { name, value, prefix } of Object.values(tag.attributes))
      if (prefix !== 'xmlns' && name !== 'xmlns') attributes[name] = value;
    open.push({ name: tag.local, xmlns: tag.uri, attributes, children: [] });
  });
  parser.on('text', (words) => open.at(-1)?.children.push(words));
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const mixed = closed.children.some((child) => typeof child !== 'string');
    const children = mixed
      ? closed.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
      : closed.children;
    const element = new Element(closed.name, closed.xmlns, closed.attributes, children);
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.write(text.trim()).close();
  if (root === undefined) throw new Error('There is no element in this text');
  return root;
}
