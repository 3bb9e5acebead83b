/** The channel binding 'tls-server-end-point', RFC 5929 section 4: the hash of the server's certificate, by the hash it was signed with. */
import { createHash } from 'node:crypto';

/** The hash of a signature algorithm, by the bytes of its object identifier. Weak ones are replaced by SHA-256 (RFC 5929 section 4.1). */
const hashes: Readonly<Record<string, string>> = {
  // RSA with MD5, SHA-1, and the SHA-2 family (RFC 8017).
  '2a864886f70d010104': 'sha256',
  '2a864886f70d010105': 'sha256',
  '2a864886f70d01010e': 'sha224',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  // ECDSA (RFC 5758).
  '2a8648ce3d0401': 'sha256',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
  // The hashes themselves, for RSASSA-PSS, which names one beside it.
  '608648016503040204': 'sha224',
  '608648016503040201': 'sha256',
  '608648016503040202': 'sha384',
  '608648016503040203': 'sha512',
};
const pss = '2a864886f70d01010a';

/** `der` is the certificate as it came. Undefined when its signature uses no hash of its own, as Ed25519: the binding is then not defined. */
export function certificateHash(der: Buffer): Buffer | undefined {
  const [, algorithm] = parts(parts(der)[0]);
  const [identifier, parameters] = parts(algorithm);
  const name = identifier?.toString('hex') ?? '';
  const hash = name === pss ? pssHash(parameters) : hashes[name];
  return hash === undefined ? undefined : createHash(hash).update(der).digest();
}

/** RFC 4055 section 3.1: the first parameter, tagged 0, names the hash; without it it is SHA-1. */
function pssHash(parameters: Buffer | undefined): string | undefined {
  const [tagged] = parts(parameters);
  const [identifier] = parts(parts(tagged)[0]);
  return identifier === undefined ? 'sha256' : hashes[identifier.toString('hex')];
}

/** The contents of the elements that lie one after another in a DER structure (X.690 section 8.1). */
function parts(der: Buffer | undefined): Buffer[] {
  const found: Buffer[] = [];
  if (der === undefined) return found;
  for (let at = 0; at + 2 <= der.length;) {
    const short = der[at + 1] ?? 0;
    const extra = short < 0x80 ? 0 : short - 0x80;
    if (extra > 4 || at + 2 + extra > der.length) break;
    const length = extra === 0 ? short : der.readUIntBE(at + 2, extra);
    const begin = at + 2 + extra;
    found.push(der.subarray(begin, begin + length));
    at = begin + length;
  }
  return found;
}
