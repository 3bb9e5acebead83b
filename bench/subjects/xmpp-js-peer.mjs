/** @xmpp/client as it comes: signs in so many times, stays the last time, and says each time that it is there. The password is the first line of standard input. */
import { createInterface } from 'node:readline';
import { client } from '@xmpp/client';

const tell = (happened) => process.stdout.write(`${JSON.stringify(happened)}\n`);
const { times, ...settings } = JSON.parse(process.argv[2]);

async function signIn(password) {
  const xmpp = client({ ...settings, password });
  xmpp.on('error', () => {});
  const [cpu, begin] = [process.cpuUsage(), performance.now()];
  await xmpp.start();
  const { user, system } = process.cpuUsage(cpu);
  tell({ type: 'signed-in', cpu: (user + system) / 1000, wall: performance.now() - begin });
  return xmpp;
}

createInterface({ input: process.stdin }).once('line', async (password) => {
  for (let left = times; left > 1; left -= 1) await (await signIn(password)).stop();
  const xmpp = await signIn(password);
  xmpp.on('online', () => tell({ type: 'back' }));
  xmpp.streamManagement.on('resumed', () => tell({ type: 'back' }));
  tell({ type: 'stays' });
});
process.stdin.on('end', () => process.exit());
