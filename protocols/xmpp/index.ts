/** The protocol XMPP, as the worker loads it. */
import { systemClock } from '../../src/base/index.ts';
import type { ProtocolModule } from '../../src/contracts/index.ts';
import { XmppConnection } from './connection.ts';
import { face } from './manifest.ts';
import { newStream } from './stream/index.ts';

export const protocol: ProtocolModule = {
  ...face,
  open: (seat) => new XmppConnection(seat, { clock: systemClock, newStream: (settings) => newStream(settings) }),
};
