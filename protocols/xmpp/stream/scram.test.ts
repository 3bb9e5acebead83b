import { describe, expect, it } from 'vitest';
import { KithError } from '../../../src/base/index.ts';
import { Scram, type ScramBinding, type ScramHash } from './scram.ts';

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

interface Trying {
  readonly hash?: ScramHash;
  readonly name?: string;
  readonly nonce?: string;
  readonly binding?: ScramBinding;
  readonly offered?: string;
}

/** A login of RFC 5802's user, who knows of no channel binding unless told otherwise. */
function login({ hash = 'sha1', name = 'user', ...more }: Trying = {}): Scram {
  const defaults = { password: 'pencil', nonce: sha1.nonce, binding: { flag: 'n' }, offered: '' } as const;
  return new Scram('SCRAM', hash, { name, ...defaults, ...more });
}

const said = (text: string) => Buffer.from(text);
const answer = async (scram: Scram, challenge: string) => (await scram.answer(said(challenge))).toString();

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof KithError ? error.code : 'unforeseen'),
  );
}

describe('SCRAM', () => {
  it.each(examples)('speaks as the standard prints it for $hash', async ({ hash, nonce, challenge, ...then }) => {
    const scram = login({ hash, nonce });
    expect(scram.first().toString()).toBe(`n,,n=user,r=${nonce}`);
    expect(await answer(scram, challenge)).toBe(then.answer);
    expect(() => scram.prove(said(then.final))).not.toThrow();
  });

  it('takes the server’s proof in a challenge too, and only once', async () => {
    const scram = login();
    await answer(scram, sha1.challenge);
    expect(await answer(scram, sha1.final)).toBe('');
    expect(() => scram.prove(undefined)).not.toThrow();
    expect(await codeOf(answer(scram, sha1.final))).toBe('server-unproven');
  });

  it('spells names that contain its own separators', () => {
    expect(login({ name: 'a=b,c', nonce: 'n' }).first().toString()).toBe('n,,n=a=3Db=2Cc,r=n');
  });

  it('says with its first word that it would have bound itself, and repeats it under the proof', async () => {
    const scram = login({ binding: { flag: 'y' } });
    expect(scram.first().toString()).toMatch(/^y,,n=user,/);
    expect(await answer(scram, sha1.challenge)).toMatch(/^c=eSws,/);
  });

  it('names and proves the connection it is bound to, as XEP-0388 section 2.5 prints it', async () => {
    const nonce = '12C4CD5C-E38E-4A98-8F6D-15C38F51CCC6';
    const data = Buffer.from('xyhC850EN493g6zCWYBZXd2DVrVaHW1g9MHBWJ3XRVQ=', 'base64');
    const scram = login({ nonce, binding: { flag: 'p', type: 'tls-exporter', data } });
    expect(scram.first().toString()).toBe(`p=tls-exporter,,n=user,r=${nonce}`);
    const proof = await answer(scram, `r=${nonce}a09117a6,s=QSXCR+Q6sek8bf92,i=4096`);
    expect(proof).toMatch(/^c=cD10bHMtZXhwb3J0ZXIsLMcoQvOdBDePd4OswlmAWV3dg1a1Wh1tYPTBwVid10VU,r=/);
  });

  it.each([
    ['SCRAM-SHA-1\u{1E}SCRAM-SHA-1-PLUS\u{1F}tls-exporter\u{1E}tls-server-end-point', 'answered'],
    ['SCRAM-SHA-1', 'downgraded'],
  ])(
    'holds what reached it against the hash of what was offered (XEP-0474 section 5.3): %j',
    async (offered, outcome) => {
      const scram = login({ offered });
      const proof = answer(scram, `${sha1.challenge},h=G6k/rBLDqgOhRRaCuuatSDFkJ08=`);
      expect(await codeOf(proof)).toBe(outcome === 'answered' ? 'accepted' : outcome);
    },
  );

  it.each([
    ['another nonce', 'r=another,s=QSXCR+Q6sek8bf92,i=4096'],
    ['only our own nonce', `r=${sha1.nonce},s=QSXCR+Q6sek8bf92,i=4096`],
    ['no salt', `r=${sha1.nonce}x,i=4096`],
    ['a salt that is no base64', `r=${sha1.nonce}x,s=?,i=4096`],
    ['no iterations', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92`],
    ['too few iterations', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=4095`],
    ['endless iterations', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=2000001`],
    ['iterations that are no number', `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=4096x`],
    ['an extension that must be understood', `m=x,r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=4096`],
    ['nothing', ''],
  ])('answers no challenge with %s', async (_what, challenge) => {
    expect(await codeOf(answer(login(), challenge))).toBe('server-unproven');
  });

  it.each([
    ['another signature', 'v=AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ['a shorter one', 'v=rmF9'],
    ['an empty one', 'v='],
    ['none', ''],
  ])('does not believe a server with %s', async (_what, final) => {
    const scram = login();
    await answer(scram, sha1.challenge);
    expect(() => scram.prove(said(final))).toThrow(expect.objectContaining({ code: 'server-unproven' }));
  });

  it('does not believe a server that was never asked', () => {
    expect(() => login().prove(said(sha1.final))).toThrow(expect.objectContaining({ code: 'server-unproven' }));
  });

  it.each([
    ['invalid-proof', 'authentication-failed'],
    ['unknown-user', 'authentication-failed'],
    ['channel-bindings-dont-match', 'downgraded'],
    ['server-does-support-channel-binding', 'downgraded'],
  ])('hears the refusal %s as %s', async (error, code) => {
    const scram = login();
    await answer(scram, sha1.challenge);
    expect(() => scram.prove(said(`e=${error}`))).toThrow(expect.objectContaining({ code }));
  });

  it('leaves the machine free while it derives', async () => {
    let turns = 0;
    let deriving = true;
    const count = () => {
      turns += 1;
      if (deriving) setImmediate(count);
    };
    setImmediate(count);
    await answer(login(), `r=${sha1.nonce}x,s=QSXCR+Q6sek8bf92,i=200000`);
    deriving = false;
    expect(turns).toBeGreaterThan(10);
  });
});
