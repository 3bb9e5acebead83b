import { describe, expect, it } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import { prepared, Scram } from './scram.ts';

/** The examples the standards print, RFC 5802 section 5 and RFC 7677 section 3. */
const examples = [
  {
    hash: 'sha1',
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
    challenge: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    answer: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    final: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  {
    hash: 'sha256',
    nonce: 'rOprNGfwEbeRWgbNEkqO',
    challenge: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    answer:
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    final: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
] as const;

const sha1 = examples[0];
const scram = () => new Scram('sha1', 'user', 'pencil', sha1.nonce);

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof KithError ? error.code : 'unforeseen'),
  );
}

describe('SCRAM', () => {
  it.each(examples)('speaks as the standard prints it for $hash', async ({ hash, nonce, challenge, answer, final }) => {
    const login = new Scram(hash, 'user', 'pencil', nonce);
    expect(login.first()).toBe(`n,,n=user,r=${nonce}`);
    expect(await login.answer(challenge)).toBe(answer);
    expect(() => login.prove(final)).not.toThrow();
  });

  it('spells names that contain its own separators', () => {
    expect(new Scram('sha1', 'a=b,c', 'x', 'n').first()).toBe('n,,n=a=3Db=2Cc,r=n');
  });

  it.each([
    ['another nonce', 'r=another,s=QSXCR+Q6sek8bf92,i=4096'],
    ['only our own nonce', `r=${sha1.nonce},s=QSXCR+Q6sek8bf92,i=4096`],
    ['no salt', `r=${sha1.nonce}x,i=4096`],
    ['a salt that is no base64', `r=${sha1.nonce}x,s=?,i=4096`],
    ['no iterations', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92`],
    ['too few iterations', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=4095`],
    ['endless iterations', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=10000001`],
    ['iterations that are no number', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=4096x`],
    ['an extension that must be understood', `m=x,r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=4096`],
    ['nothing', ''],
  ])('answers no challenge with %s', async (_what, challenge) => {
    expect(await codeOf(scram().answer(challenge))).toBe('server-unproven');
  });

  it.each([
    ['another signature', 'v=AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['a shorter one', 'v=rmF9'],
    ['an empty one', 'v='],
    ['none', ''],
  ])('does not believe a server with %s', async (_what, final) => {
    const login = scram();
    await login.answer(sha1.challenge);
    expect(() => login.prove(final)).toThrow(expect.objectContaining({ code: 'server-unproven' }));
  });

  it('does not believe a server that was never asked', () => {
    expect(() => scram().prove(sha1.final)).toThrow(expect.objectContaining({ code: 'server-unproven' }));
  });

  it('hears that the password is wrong', async () => {
    const login = scram();
    await login.answer(sha1.challenge);
    expect(() => login.prove('e=invalid-proof')).toThrow(expect.objectContaining({ code: 'authentication-failed' }));
  });

  it('takes what looks the same for the same', () => {
    expect(prepared('I\u{AD}X')).toBe('IX');
    expect(prepared('\u{AA}')).toBe('a');
    expect(prepared('\u{2168}')).toBe('IX');
    expect(prepared('a\u{A0}b')).toBe('a b');
    expect(prepared('e\u{301}')).toBe('é');
    expect(prepared('USER')).toBe('USER');
  });
});
