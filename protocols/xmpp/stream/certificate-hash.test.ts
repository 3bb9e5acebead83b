import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../test/harness/processes.ts';
import { certificateHash } from './certificate-hash.ts';

const openssl = { name: 'openssl', debianPackage: 'openssl' };
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const rsa = ['-newkey', 'rsa:2048'];
const pss = (hash: string) => [...rsa, `-${hash}`, '-sigopt', 'rsa_padding_mode:pss'];

describe('the hash that names a certificate', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-certificate-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function certificate(how: readonly string[]): Promise<Buffer> {
    const file = join(folder, 'made.crt');
    const subject = ['-subj', '/CN=kith.test', '-days', '1', '-nodes'];
    await run(openssl, ['req', '-x509', ...how, ...subject, '-keyout', join(folder, 'made.key'), '-out', file]);
    return new X509Certificate(await readFile(file)).raw;
  }

  it.each<readonly [string, readonly string[], string]>([
    ['ECDSA with SHA-256', [...ec, '-sha256'], 'sha256'],
    ['ECDSA with SHA-384', [...ec, '-sha384'], 'sha384'],
    ['ECDSA with SHA-512', [...ec, '-sha512'], 'sha512'],
    ['RSA with SHA-256', [...rsa, '-sha256'], 'sha256'],
    ['RSA with SHA-512', [...rsa, '-sha512'], 'sha512'],
    ['RSA with SHA-1, which is too weak', [...rsa, '-sha1'], 'sha256'],
    ['RSASSA-PSS with SHA-384', pss('sha384'), 'sha384'],
    ['RSASSA-PSS with SHA-1, its default', pss('sha1'), 'sha256'],
  ])('is made as the signature was: %s', async (_what, how, hash) => {
    const der = await certificate(how);
    expect(certificateHash(der)).toEqual(createHash(hash).update(der).digest());
  });

  it('is not defined where the signature uses no hash', async () => {
    expect(certificateHash(await certificate(['-newkey', 'ed25519']))).toBeUndefined();
  });

  it.each(['', '30', '3082', '30847fffffff', '3003020101', 'ff'.repeat(64)])('is not found in %j', (hex) => {
    expect(certificateHash(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
