import { protocolContract } from './protocol-contract.ts';
import { inlineXmpp, workerXmpp } from './xmpp-ground.ts';

protocolContract('xmpp, inline', inlineXmpp);
protocolContract('xmpp, in a worker', workerXmpp);
