/** The door of the stream. */
import type { Stream, StreamSettings } from './contract.ts';
import { realParts, type StreamParts } from './dialling.ts';
import { SocketStream } from './stream.ts';

/** Does no I/O before `open`. `parts` stands in for the network in tests. */
export function newStream(settings: StreamSettings, parts: Partial<StreamParts> = {}): Stream {
  return new SocketStream(settings, { ...realParts, ...parts });
}

export { asciiDomain, parseAddress, type Address } from './address.ts';
export type {
  Established,
  Incoming,
  LoginMemory,
  Outgoing,
  Resumption,
  Stream,
  StreamEnd,
  StreamSettings,
  TokenMemory,
} from './contract.ts';
export type { StreamParts } from './dialling.ts';
export { systemLookup } from './lookup.ts';
export { Element, xml, type Node } from './element.ts';
export { ns } from './namespaces.ts';
export type { Proxy } from './proxy.ts';
export { serialise } from './serialise.ts';
