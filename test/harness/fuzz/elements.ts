/** Elements as trees that can be changed anywhere. */
import { Element, type Node } from '../../../protocols/xmpp/stream/element.ts';
import { limitsAfterAuthentication, Reader } from '../../../protocols/xmpp/stream/reader.ts';

const header = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

/** All that a stream with these words in it delivers before they are at fault. */
export function elementsIn(words: string | Uint8Array): Element[] {
  const found: Element[] = [];
  const reader = new Reader(limitsAfterAuthentication, (reading) => {
    if (reading.kind === 'element') found.push(reading.element);
  });
  reader.write(Buffer.from(header));
  reader.write(Buffer.from(words));
  return found;
}

/** This element and all within it, from the outside in. */
export function allIn(element: Element): Element[] {
  return [element, ...element.elements().flatMap(allIn)];
}

/** The same tree with what `change` makes of that one element in its place. */
export function changed(tree: Element, one: Element, change: (one: Element) => readonly Node[]): Element {
  const within = (element: Element): readonly Node[] =>
    element === one ? change(one) : [withChildren(element, element.children.flatMap(nodes))];
  const nodes = (node: Node): readonly Node[] => (typeof node === 'string' ? [node] : within(node));
  const [first] = within(tree);
  return first instanceof Element ? first : tree;
}

export function withChildren({ name, xmlns, attributes }: Element, children: readonly Node[]): Element {
  return new Element(name, xmlns, attributes, children);
}
