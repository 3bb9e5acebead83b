/** A certificate authority of the test's own, and a server's certificate signed by it. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, type Program } from './processes.ts';

const openssl: Program = { name: 'openssl', debianPackage: 'openssl' };
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];

export interface Certificates {
  /** PEM. */
  readonly ca: string;
  readonly caFile: string;
  readonly keyFile: string;
  readonly certificateFile: string;
}

/** Writes into `folder`, which is made. The first name is also the subject. */
export async function makeCertificates(folder: string, names: readonly string[]): Promise<Certificates> {
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const authority = ['req', '-x509', ...newKey, '-subj', '/CN=Kith test authority'];
  await run(openssl, [...authority, '-keyout', at('ca.key'), '-out', at('ca.crt')]);
  const alternatives = names.map((name) => `DNS:${name}`).join(',');
  const signed = ['req', '-x509', ...newKey, '-CA', at('ca.crt'), '-CAkey', at('ca.key')];
  const subject = ['-subj', `/CN=${names[0] ?? 'localhost'}`, '-addext', `subjectAltName=${alternatives}`];
  const use = ['-addext', 'basicConstraints=critical,CA:FALSE'];
  await run(openssl, [...signed, ...subject, ...use, '-keyout', at('server.key'), '-out', at('server.crt')]);
  return {
    ca: await readFile(at('ca.crt'), 'utf8'),
    caFile: at('ca.crt'),
    keyFile: at('server.key'),
    certificateFile: at('server.crt'),
  };
}
