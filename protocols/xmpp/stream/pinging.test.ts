import { describe, expect, it } from 'vitest';
import { serve } from '../../../test/harness/fake-xmpp-session.ts';
import { fakeServerSuite } from '../../../test/harness/fake-xmpp-suite.ts';
import { established } from '../../../test/harness/stream-attempt.ts';
import { xml } from './element.ts';
import { ns } from './namespaces.ts';

const message = (id: string) => xml('message', ns.stanzas, { id });

describe('without stream management', () => {
  const suite = fakeServerSuite();

  async function unmanaged() {
    const { tried, peer } = await suite.meet();
    await serve(peer, false);
    await established(tried);
    return { tried, peer };
  }

  it.each([
    ['answered', (id: string) => `<iq type='result' from='kith.test' id='${id}'/>`],
    ['answered by nobody named', (id: string) => `<iq type='result' id='${id}'/>`],
    ['refused', (id: string) => `<iq type='error' from='amy@kith.test' id='${id}'/>`],
  ])('a ping that is %s says that everything before it has arrived', async (_how, answer) => {
    const { tried, peer } = await unmanaged();
    const acknowledged: string[] = [];
    for (const id of ['1', '2']) tried.stream.send(message(id), () => acknowledged.push(id));
    await peer.element('message');
    await peer.element('message');
    const ping = await peer.element('iq');
    expect(ping.attributes).toMatchObject({ type: 'get', to: 'kith.test' });
    // What is sent while a ping is under way is covered by the next.
    tried.stream.send(message('3'), () => acknowledged.push('3'));
    await peer.element('message');
    peer.write(`${answer(ping.attribute('id') ?? '')}<message id='x'/>`);
    expect((await tried.next()).element).toEqual(message('x'));
    expect(acknowledged).toEqual(['1', '2']);
    const second = await peer.element('iq');
    peer.write(`${answer(second.attribute('id') ?? '')}<message id='y'/>`);
    await tried.next();
    expect(acknowledged).toEqual(['1', '2', '3']);
    expect(tried.received).toHaveLength(2);
  });

  it('nobody else can answer in the place of the server', async () => {
    const { tried, peer } = await unmanaged();
    let acknowledged = 0;
    tried.stream.send(message('1'), () => (acknowledged += 1));
    await peer.element('message');
    const id = (await peer.element('iq')).attribute('id') ?? '';
    peer.write(`<iq type='result' from='eve@elsewhere.test/x' id='${id}'/><iq type='result' id='another'/>`);
    await tried.next();
    await tried.next();
    expect(acknowledged).toBe(0);
  });

  it('cannot be continued on another socket', async () => {
    const { tried, peer } = await unmanaged();
    tried.stream.handled(1);
    peer.drop();
    expect(await tried.ended).toEqual({ code: 'network', text: expect.any(String) });
  });
});
