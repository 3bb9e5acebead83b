/** What no client can be faster than: signing in and reading the list to its end, with nothing around it. */
import { silentLog, systemClock } from '../../src/base/index.ts';
import { newStream, xml } from '../../protocols/xmpp/stream/index.ts';
import { TestLoginMemory } from '../../test/harness/test-login-memory.ts';
import { since, type Person } from './subject.ts';

const NS_CLIENT = 'jabber:client';
const NS_ROSTER = 'jabber:iq:roster';

/** Milliseconds, in a process that is warm already. The list is parsed, and nothing is made of it. */
export async function floor(person: Person): Promise<number> {
  const begin = performance.now();
  const stream = newStream({
    address: person.address,
    resource: 'floor',
    host: person.host,
    port: person.port,
    ca: person.ca,
    clock: systemClock,
    log: silentLog,
    memory: new TestLoginMemory(),
    password: async () => person.password,
    trust: async () => false,
  });
  const listed = new Promise<number>((resolve) => {
    const listening = stream.onDidReceive(({ element }) => {
      if (element.child('query', NS_ROSTER) === undefined) return;
      listening[Symbol.dispose]();
      resolve(since(begin));
    });
  });
  await stream.open(new AbortController().signal);
  stream.send(xml('iq', NS_CLIENT, { type: 'get', id: 'list' }, xml('query', NS_ROSTER)));
  const milliseconds = await listed;
  await stream.close();
  return milliseconds;
}
