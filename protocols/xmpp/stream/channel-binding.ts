/** Channel bindings, RFC 5056: what both ends of one TLS connection know and nobody between two connections can. */
import type { TLSSocket } from 'node:tls';
import { certificateHash } from './certificate-hash.ts';

/** Strongest first. */
export const bindingTypes = ['tls-exporter', 'tls-unique', 'tls-server-end-point'] as const;
export type BindingType = (typeof bindingTypes)[number];

/** What this connection can be bound by. Empty without TLS. */
export type Bindings = ReadonlyMap<BindingType, Buffer>;

export function bindingsOf(socket: TLSSocket | undefined): Bindings {
  const found = new Map<BindingType, Buffer>();
  if (socket === undefined) return found;
  // RFC 9266 section 3. Before TLS 1.3 it is unique only with an extension of which Node does not say whether it was agreed on.
  if (socket.getProtocol() === 'TLSv1.3')
    found.set('tls-exporter', socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)));
  // RFC 5929 section 3: the first Finished of a full handshake is the client's. Not defined from TLS 1.3 on.
  else if (!socket.isSessionReused()) set(found, 'tls-unique', socket.getFinished());
  const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer };
  set(found, 'tls-server-end-point', raw === undefined ? undefined : certificateHash(raw));
  return found;
}

function set(found: Map<BindingType, Buffer>, type: BindingType, data: Buffer | undefined): void {
  if (data !== undefined) found.set(type, data);
}
