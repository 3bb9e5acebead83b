import { describe, expect, it } from 'vitest';
import { parseXml } from '../../test/harness/parse-xml.ts';
import { reasonOf, reasonOfError } from './reasons.ts';
import { saslFailure } from './stream/conditions.ts';

describe('why a connection ended', () => {
  it('is the server’s own doing when it broke the protocol, and a refusal only when it refused', () => {
    const broke = {
      code: 'server-refused',
      text: 'The server broke the rules of the protocol: not well-formed',
    } as const;
    expect(reasonOf(broke, 'kith.test').text).toBe(
      'The server kith.test broke the rules of the protocol: not well-formed',
    );
    expect(reasonOf({ code: 'server-refused', text: 'Too many.' }, 'kith.test').text).toBe(
      'The server kith.test refused the connection: Too many',
    );
  });
  it.each([
    [
      'not-authorized',
      'authentication-failed',
      'Not signed in to kith.test: the server does not accept this address and password',
    ],
    [
      'credentials-expired',
      'authentication-failed',
      'Not signed in to kith.test: the password has expired. Whoever runs the server can say how to set a new one',
    ],
    ['account-disabled', 'permission-denied', 'Not signed in to kith.test: the account has been disabled'],
    [
      'temporary-auth-failure',
      'network',
      'No connection to kith.test: the server cannot check passwords at the moment',
    ],
    [
      'encryption-required',
      'not-encrypted',
      'No password was sent to kith.test: the server wants a better encrypted connection',
    ],
    [
      'mechanism-too-weak',
      'server-refused',
      'The server kith.test refused the connection: it lets nobody in (mechanism-too-weak)',
    ],
  ])('of %s is %s and says what there is to know, in the server’s own words too', (condition, code, text) => {
    const reason = (words: string) =>
      reasonOfError(
        saslFailure(parseXml(`<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><${condition}/>${words}</failure>`)),
        'kith.test',
      );
    expect(reason('')).toEqual({ code, text });
    expect(reason('<text>Ask Joe.</text>')).toEqual({ code, text: `${text}: Ask Joe` });
  });
});
