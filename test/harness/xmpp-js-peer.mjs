/** A person on @xmpp/client, as it comes: the password is the first line of standard input, orders are the others, and what happens goes out as lines. */
import { createInterface } from 'node:readline';
import { client, xml } from '@xmpp/client';

const tell = (happened) => process.stdout.write(`${JSON.stringify(happened)}\n`);
let xmpp;

function begin(password) {
  xmpp = client({ ...JSON.parse(process.argv[2]), password });
  xmpp.on('status', (status) => tell({ type: 'status', status, address: xmpp.jid?.toString() ?? '' }));
  xmpp.on('error', (error) => tell({ type: 'error', text: String(error) }));
  xmpp.streamManagement.on('fail', (stanza) => tell({ type: 'lost', id: stanza.attrs.id }));
  xmpp.start().catch((error) => tell({ type: 'refused', text: String(error) }));
}

const orders = {
  send: ({ to, body, id }) => xmpp.send(xml('message', { to, id, type: 'chat' }, xml('body', {}, body))),
  // How much it has worked so far.
  work: () => tell({ type: 'work', seconds: process.cpuUsage().user / 1e6 }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  if (xmpp === undefined) return begin(line);
  const order = JSON.parse(line);
  Promise.resolve(orders[order.do](order)).catch((error) => tell({ type: 'error', text: String(error) }));
});
process.stdin.on('end', () => process.exit());
