/** What a server keeps of somebody's conversations (XEP-0313), read by nobody's code but this: the truth Kith is held against. */
import { newId } from '../../../src/base/index.ts';
import { type Element, ns, type Stream, xml } from '../../../protocols/xmpp/stream/index.ts';
import type { Prosody } from '../prosody.ts';
import { bounded } from '../waiting.ts';
import { streamOf } from './counterpart.ts';

const archive = 'urn:xmpp:mam:2';
const pages = 'http://jabber.org/protocol/rsm';
const forward = 'urn:xmpp:forward:0';

/** Bodies of messages from that sender, in the archive's order. */
export async function saidBy(server: Prosody, owner: string, sender: string): Promise<readonly string[]> {
  const stream = streamOf(server, server.address(owner));
  await stream.open(new AbortController().signal);
  try {
    const bodies: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await pageAfter(stream, after);
      for (const message of page.messages) {
        const body = message.child('body')?.text();
        if (body !== undefined && bare(message) === server.address(sender)) bodies.push(body);
      }
      if (page.last === undefined) return bodies;
      after = page.last;
    }
  } finally {
    await stream.close();
  }
}

const bare = (message: Element): string => (message.attribute('from') ?? '').split('/')[0] ?? '';

interface Page {
  readonly messages: readonly Element[];
  readonly last: string | undefined;
}

function pageAfter(stream: Stream, after: string | undefined): Promise<Page> {
  const id = newId();
  const messages: Element[] = [];
  const page = new Promise<Page>((resolve, reject) => {
    const listening = stream.onDidReceive(({ element, number }) => {
      stream.handled(number);
      const inside = element.child('result', archive)?.child('forwarded', forward)?.child('message', ns.stanzas);
      if (inside !== undefined) messages.push(inside);
      if (element.attribute('id') !== id) return;
      listening[Symbol.dispose]();
      if (element.attribute('type') !== 'result') return reject(new Error('The archive could not be read'));
      resolve({ messages, last: element.child('fin', archive)?.child('set', pages)?.child('last')?.text() });
    });
  });
  const from = after === undefined ? undefined : xml('after', pages, {}, after);
  const wish = xml('set', pages, {}, xml('max', pages, {}, '250'), from);
  stream.send(xml('iq', ns.stanzas, { type: 'set', id }, xml('query', archive, { queryid: id }, wish)));
  return bounded('a page of the archive', page);
}
