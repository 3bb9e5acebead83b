import { protocolContract } from './protocol-contract.ts';
import { inlineTestbed, workerTestbed } from './testbed-ground.ts';

protocolContract('testbed, inline', inlineTestbed);
protocolContract('testbed, in a worker', workerTestbed);
