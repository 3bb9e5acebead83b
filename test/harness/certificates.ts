/** A certificate authority of the test's own, and a server's certificate signed by it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

/** What is wrong with the server's certificate. */
export type CertificateFlaw = 'expired' | 'not-yet-valid' | 'self-signed';

/** Writes into `folder`, which is made. The first name is also the subject. */
export async function makeCertificates(
  folder: string,
  names: readonly string[],
  flaw?: CertificateFlaw,
): Promise<Certificates> {
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const authority = ['req', '-x509', ...newKey, '-subj', '/CN=Kith test authority'];
  await run(openssl, [...authority, '-keyout', at('ca.key'), '-out', at('ca.crt')]);
  const alternatives = names.map((name) => `DNS:${name}`).join(',');
  const subject = ['-subj', `/CN=${names[0] ?? 'localhost'}`, '-addext', `subjectAltName=${alternatives}`];
  const wanted = [...newKey, ...subject, '-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', at('server.key')];
  const signer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key')];
  if (flaw === undefined) await run(openssl, ['req', '-x509', ...wanted, ...signer, '-out', at('server.crt')]);
  else if (flaw === 'self-signed') await run(openssl, ['req', '-x509', ...wanted, '-out', at('server.crt')]);
  else {
    await run(openssl, ['req', '-new', ...wanted, '-out', at('server.csr')]);
    await signForAnotherTime(at, flaw === 'expired' ? 2020 : 2090);
  }
  return {
    ca: await readFile(at('ca.crt'), 'utf8'),
    caFile: at('ca.crt'),
    keyFile: at('server.key'),
    certificateFile: at('server.crt'),
  };
}

/** For that year alone. Only the part of OpenSSL that is a whole authority can be told the dates. */
async function signForAnotherTime(at: (name: string) => string, year: number): Promise<void> {
  const books = ['[ca]', 'default_ca = own', '[own]', `database = ${at('index')}`, `new_certs_dir = ${at('.')}`];
  const rules = ['rand_serial = yes', 'default_md = sha256', 'policy = any', 'copy_extensions = copy'];
  await writeFile(at('ca.cnf'), [...books, ...rules, '[any]', 'commonName = supplied', ''].join('\n'));
  await writeFile(at('index'), '');
  const signer = ['-config', at('ca.cnf'), '-cert', at('ca.crt'), '-keyfile', at('ca.key')];
  const dates = ['-startdate', `${year}0101000000Z`, '-enddate', `${year + 1}0101000000Z`];
  await run(openssl, [
    'ca',
    '-batch',
    '-notext',
    ...signer,
    ...dates,
    '-in',
    at('server.csr'),
    '-out',
    at('server.crt'),
  ]);
}
