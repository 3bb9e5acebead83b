/** Corrections over a real server that are none: Kith shows them as what they are, words of whoever sent them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Element, ns, xml } from '../../protocols/xmpp/stream/index.ts';
import { type KithRun, startKith } from '../harness/kith.ts';
import { type Prosody, startProsody } from '../harness/prosody.ts';
import { type Meeting, meet } from '../harness/stream-meeting.ts';
import { until } from '../harness/waiting.ts';

let server: Prosody;
let amy: KithRun;
let bob: Meeting;
let eve: Meeting;

const message = (id: string, body: string, replaces?: string): Element =>
  xml(
    'message',
    ns.stanzas,
    { to: server.address('amy'), type: 'chat', id },
    xml('body', ns.stanzas, {}, body),
    replaces === undefined ? undefined : xml('replace', 'urn:xmpp:message-correct:0', { id: replaces }),
  );
const saidWith = async (who: string): Promise<readonly string[]> =>
  (await amy.history(server.address(who))).map(({ body, edit }) => (edit === undefined ? body : `${body} (edited)`));

beforeAll(async () => {
  server = await startProsody({ users: ['bob', 'eve'] });
  await server.register('amy');
  amy = await startKith();
  await amy.signIn(server, 'amy');
  [bob, eve] = [meet(server, 'bob'), meet(server, 'eve')];
  for (const { stream } of [bob, eve]) await stream.open(new AbortController().signal);
});
afterAll(async () => {
  for (const one of [bob, eve]) {
    await one?.stream.close();
    await one?.ended;
  }
  await amy?.stop();
  await server?.stop();
});

it('a correction changes what its sender said in that talk, and nothing that anybody else said or that was said elsewhere', async () => {
  expect(await amy.say('send', server.address('bob'), 'Where do we meet?')).toMatchObject({ code: 0 });
  const [mine] = await amy.history(server.address('bob'));
  bob.stream.send(message('b1', 'At the wall'));
  // Of somebody else's words, of ours, and of none there are.
  eve.stream.send(message('e1', 'At the gate', 'b1'));
  bob.stream.send(message('b2', 'Where do I pay?', mine!.id));
  bob.stream.send(message('b3', 'Bring a ladder', 'never-said'));
  bob.stream.send(message('b4', 'At the balcony', 'b1'));
  bob.stream.send(message('b5', 'That is all'));
  await until('all of it to be there', async () =>
    (await saidWith('bob')).includes('That is all') ? true : undefined,
  );
  expect((await saidWith('bob')).toSorted()).toEqual(
    ['Where do we meet?', 'At the balcony (edited)', 'Where do I pay?', 'Bring a ladder', 'That is all'].toSorted(),
  );
  await until('Eve to be heard', async () => ((await saidWith('eve')).length > 0 ? true : undefined));
  expect(await saidWith('eve')).toEqual(['At the gate']);
});
