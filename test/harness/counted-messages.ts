/** Messages told apart by their ids, and the words of stream management about them (XEP-0198), for tests that count. */
import { ns, xml } from '../../protocols/xmpp/stream/index.ts';
import type { Peer } from './fake-xmpp-server.ts';
import type { Attempt } from './stream-attempt.ts';

export const message = (id: string) => xml('message', ns.stanzas, { id });
export const acknowledgement = (count: number | string) => `<a xmlns='urn:xmpp:sm:3' h='${count}'/>`;
export const question = "<r xmlns='urn:xmpp:sm:3'/>";

/** Sends messages with these ids; the list grows by each when the server has it. */
export function send(tried: Attempt, ...ids: readonly string[]): string[] {
  const acknowledged: string[] = [];
  for (const id of ids) tried.stream.send(message(id), () => acknowledged.push(id));
  return acknowledged;
}

/** The ids of as many messages as the server's end hears next. */
export async function idsOf(peer: Peer, count: number): Promise<(string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for (let nth = 0; nth < count; nth += 1) ids.push((await peer.element('message')).attribute('id'));
  return ids;
}
