/** A whole house, on virtual time, with amy's account at the fake server: for what core and the stream do together. */
import { newStream } from '../../protocols/xmpp/stream/index.ts';
import { XmppConnection } from '../../protocols/xmpp/connection.ts';
import { face } from '../../protocols/xmpp/manifest.ts';
import type { ProtocolModule } from '../../src/contracts/index.ts';
import type { AccountId } from '../../src/domain/index.ts';
import { inlineHost } from '../../src/host/index.ts';
import { silentLog } from '../../src/base/index.ts';
import { coreRig, type CoreRig } from './core-rig.ts';
import type { Suite } from './fake-xmpp-suite.ts';
import { VirtualClock } from './virtual-clock.ts';
import { until } from './waiting.ts';

export interface FakeServerHouse extends AsyncDisposable {
  readonly rig: CoreRig;
  readonly account: AccountId;
  /** Resolves when the account is in this state. */
  becomes(status: 'online' | 'offline' | 'connecting'): Promise<void>;
  /** Resolves with the milliseconds until the next attempt, once one is planned. */
  waits(): Promise<number>;
}

/** Begins to sign in at once. `random` spreads the attempts, from 0 to below 1. */
export async function houseAt(
  { server, certificates }: Suite,
  random: () => number = () => 0.5,
): Promise<FakeServerHouse> {
  const clock = new VirtualClock();
  const protocol: ProtocolModule = { ...face, open: (seat) => new XmppConnection(seat, { clock, newStream }) };
  const hosts: Parameters<typeof coreRig>[0] = {
    faces: [face],
    random,
    hosts: (_protocol, duties) => inlineHost(protocol, duties, { clock, log: silentLog }),
  };
  const rig = await coreRig(hosts, { clock });
  const account = await rig.house.ask('account.add', {
    protocol: face.manifest.id,
    address: 'amy@kith.test',
    password: 'secret',
    parameters: { host: '127.0.0.1', port: server.port, ca: certificates.ca },
  });
  return {
    rig,
    account,
    becomes: (status) =>
      until(`the account to be ${status}`, () => {
        const { connections } = rig.house.snapshot();
        return connections.some((one) => one.account === account && one.status === status) || undefined;
      }).then(() => {}),
    waits: () =>
      until('another attempt to be planned', () => {
        const { retries } = rig.house.snapshot();
        const at = retries.find((one) => one.account === account)?.at;
        return at === undefined ? undefined : at - clock.now();
      }),
    [Symbol.asyncDispose]: () => rig.close(),
  };
}
