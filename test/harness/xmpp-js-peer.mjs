/** A person on @xmpp/client, as it comes: the password is the first line of standard input, orders are the others, and what happens goes out as lines. */
import { createHook } from 'node:async_hooks';
import dns from 'node:dns';
import { createInterface } from 'node:readline';
import { client, xml } from '@xmpp/client';

const tell = (happened) => process.stdout.write(`${JSON.stringify(happened)}\n`);
const { names, ...settings } = JSON.parse(process.argv[2]);
let xmpp;

function begin(password) {
  if (names !== undefined) invent(names);
  xmpp = client({ ...settings, password });
  watchTimers();
  xmpp.on('status', (status, detail) => {
    const place = status === 'connecting' ? String(detail) : undefined;
    tell({ type: 'status', status, address: xmpp.jid?.toString() ?? '', place });
  });
  xmpp.on('error', (error) => tell({ type: 'error', text: String(error) }));
  xmpp.on('stanza', (stanza) => {
    if (stanza.is('message')) tell({ type: 'message', body: stanza.getChildText('body') });
  });
  xmpp.streamManagement.on('fail', (stanza) => tell({ type: 'lost', id: stanza.attrs.id }));
  xmpp.start().catch((error) => tell({ type: 'refused', text: String(error) }));
}

/** It asks the system for machines, and the name servers for services. */
function invent({ server, addresses }) {
  dns.setServers([server]);
  dns.lookup = (name, options, done) => {
    const address = addresses[name];
    if (address === undefined) done(Object.assign(new Error(`${name} is not known`), { code: 'ENOTFOUND' }));
    else done(null, [{ address, family: 4 }]);
  };
}

function watchTimers() {
  const init = (_id, kind, _cause, { _idleTimeout: milliseconds }) => {
    if (kind === 'Timeout' && milliseconds >= 100) tell({ type: 'timer', milliseconds });
  };
  createHook({ init }).enable();
}

const orders = {
  send: ({ to, body, id }) => xmpp.send(xml('message', { to, id, type: 'chat' }, xml('body', {}, body))),
  // How much it has worked so far.
  work: () => tell({ type: 'work', seconds: process.cpuUsage().user / 1e6 }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  if (xmpp === undefined) return begin(line);
  const order = JSON.parse(line);
  Promise.resolve()
    .then(() => orders[order.do](order))
    .catch((error) => tell({ type: 'error', text: String(error) }));
});
process.stdin.on('end', () => process.exit());
