/** Questions of somebody who is nobody's program: a bare stream that asks and hears the answer (RFC 6120 section 8.2.3). */
import { newId } from '../../src/base/index.ts';
import { type Element, ns, type Stream, xml } from '../../protocols/xmpp/stream/index.ts';
import { bounded } from './waiting.ts';

/** Resolves with the whole answer, whichever it is. */
export function askOver(stream: Stream, type: 'get' | 'set', payload: Element, to?: string): Promise<Element> {
  const id = newId();
  const answered = new Promise<Element>((resolve) => {
    const listening = stream.onDidReceive(({ element }) => {
      if (element.name !== 'iq' || element.attribute('id') !== id) return;
      listening[Symbol.dispose]();
      resolve(element);
    });
  });
  stream.send(xml('iq', ns.stanzas, { type, id, ...(to === undefined ? {} : { to }) }, payload));
  return bounded(`an answer about ${payload.name}`, answered);
}
