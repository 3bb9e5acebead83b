/** Where protocols run. Both hosts are one implementation; they differ only in the thread. */
import type { HostDuties, ProtocolFace, ProtocolHost, ProtocolModule } from '../contracts/index.ts';
import { inlineResidence } from './residence.ts';
import { type HostParts, SupervisedHost } from './supervised-host.ts';
import { type HostLimits, workerResidence } from './worker-residence.ts';

export type { HostLimits, HostParts };
export type { Port } from './port.ts';
export { SeatTable } from './seat-table.ts';

/** In this thread: for tests and the debugger. */
export function inlineHost(protocol: ProtocolModule, duties: HostDuties, parts: HostParts): ProtocolHost {
  return new SupervisedHost(protocol, (log) => inlineResidence(protocol, log), duties, parts);
}

/** `entry` is the built worker of the protocol, an absolute path or file URL. */
export function workerHost(
  parts: HostParts & {
    readonly face: ProtocolFace;
    readonly entry: string | URL;
    readonly duties: HostDuties;
    readonly limits?: HostLimits;
  },
): ProtocolHost {
  const { face, entry, duties, limits = {} } = parts;
  return new SupervisedHost(face, (log) => workerResidence(entry, limits, log), duties, parts);
}
