/** What may be set on an account, with the settings of a real protocol. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protocol } from '../../protocols/xmpp/index.ts';
import { makeCertificates } from '../harness/certificates.ts';
import type { ParameterValue } from '../../src/domain/index.ts';
import { checkParameters } from '../../src/core/parameters.ts';

const check = (given: Record<string, ParameterValue>): unknown => checkParameters(protocol.manifest, given);

let folder = '';
let ca = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-parameters-'));
  ({ ca } = await makeCertificates(folder, ['kith.test']));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a setting of an account', () => {
  it.each<[string, ParameterValue, string]>([
    ['port', 0, 'port must be a whole number from 1 to 65535'],
    ['port', 65_536, 'port must be a whole number from 1 to 65535'],
    ['port', 5222.5, 'port must be a whole number from 1 to 65535'],
    ['host', 'two words', 'host must be the name or the number of a machine, without spaces'],
    ['host', 'a\u0000b', 'host must be the name or the number of a machine, without spaces'],
    ['resource', 'a\u0007b', 'resource must be one line of text'],
    ['resource', 'a\nb', 'resource must be one line of text'],
    ['ca', '/etc/ssl/ca.pem', 'ca must be certificates as PEM text'],
    ['ca', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'ca must be certificates as PEM text'],
    ['directTls', 'yes', 'directTls must be yes or no'],
    ['proxy', 'socks4', 'proxy must be one of socks5, http'],
    ['proxyPort', 0, 'proxyPort must be a whole number from 1 to 65535'],
    ['priority', -129, 'priority must be a whole number from -128 to 127'],
    ['priority', '-', 'priority must be a whole number from -128 to 127'],
    ['proxyPassword', 'x', 'proxyPassword is a secret and is never kept with the account'],
  ])('is refused where it is given: %s = %j', (name, value, message) => {
    expect(() => check({ [name]: value })).toThrow(expect.objectContaining({ code: 'invalid-argument', message }));
  });

  it('is taken when it is right', () => {
    const given = {
      host: '::1',
      port: 65_535,
      priority: -128,
      resource: 'the red one',
      ca: `ours\n${ca}${ca}`,
      directTls: true,
    };
    expect(check(given)).toEqual(given);
  });

  it('is not set where its field is empty, whatever it is for', () => {
    expect(check({ host: ' ', ca: '', proxy: '', port: '', plainText: '', resource: 'desk' })).toEqual({
      resource: 'desk',
    });
    expect(() => check({ nonsense: '' })).toThrow('has no setting nonsense');
  });

  it('that is a bundle with one broken certificate in it is refused', () => {
    expect(() => check({ ca: `${ca}${ca.slice(0, 200)}` })).toThrow(/ca must be/);
  });
});
