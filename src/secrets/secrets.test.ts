import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { KithError, toErrorFact } from '../base/index.ts';
import { openSecrets, type AskPassphrase, type SecretsMode } from './index.ts';
import type { SecretKey } from './secrets.ts';

const base = mkdtempSync(join(tmpdir(), 'kith-secrets-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const amy = 'amy' as SecretKey;
const bob = 'bob' as SecretKey;
const secret = 'correct horse battery staple \u{1F40E}';
const nobody: AskPassphrase = () => Promise.reject(new KithError('password-needed', 'nobody is there'));
let number = 0;

function folder(): string {
  number += 1;
  mkdirSync(`${base}/${number}`);
  return `${base}/${number}`;
}

/** Answers with the given passphrases, one after another, and remembers why it was asked. */
function answering(...passphrases: string[]): AskPassphrase & { readonly asked: string[] } {
  const asked: string[] = [];
  const ask = async (why: string) => {
    asked.push(why);
    const next = passphrases.shift();
    if (next === undefined) throw new KithError('cancelled', 'no more answers');
    return next;
  };
  return Object.assign(ask, { asked });
}

async function refusal(act: Promise<unknown>): Promise<KithError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(KithError);
  return error as KithError;
}

/** Nothing an error carries across a port or into a log may hold the secret. */
function carriesNothing(error: KithError): void {
  const all =
    JSON.stringify(toErrorFact(error)) + String(error.stack) + String((error.cause as Error | undefined)?.stack);
  for (const part of ['correct', 'horse', 'open sesame']) expect(all).not.toContain(part);
}

describe.each<SecretsMode>(['sealed', 'ask', 'memory', 'plain'])('secrets kept in mode %s', (mode) => {
  it('are found, replaced and forgotten', async () => {
    const secrets = openSecrets(mode, { folder: folder(), askPassphrase: answering('open sesame') });
    expect(secrets.mode).toBe(mode);
    expect(await secrets.get(amy)).toBeUndefined();
    await secrets.remove(amy);
    await secrets.set(amy, 'first');
    await secrets.set(bob, '');
    await secrets.set(amy, secret);
    expect(await secrets.get(amy)).toBe(secret);
    expect(await secrets.get(bob)).toBe('');
    await secrets.remove(amy);
    expect(await secrets.get(amy)).toBeUndefined();
    expect(await secrets.get(bob)).toBe('');
  });

  it('do not disturb one another when set at the same time', async () => {
    const at = folder();
    const secrets = openSecrets(mode, { folder: at, askPassphrase: answering('open sesame') });
    const many = Array.from({ length: 20 }, (_, index) => `account-${index}` as SecretKey);
    await Promise.all(many.map((account) => secrets.set(account, `${secret} ${account}`)));
    const found = await Promise.all(many.map((account) => secrets.get(account)));
    expect(found).toEqual(many.map((account) => `${secret} ${account}`));
    await Promise.all(many.map((account) => secrets.remove(account)));
    expect(readdirSync(at)).toEqual([]);
  });
});

describe('the sealed file', () => {
  it('is opened again by its passphrase, which is asked once', async () => {
    const at = folder();
    await openSecrets('sealed', { folder: at, askPassphrase: answering('open sesame') }).set(amy, secret);
    const ask = answering('open sesame');
    const secrets = openSecrets('sealed', { folder: at, askPassphrase: ask });
    expect(await Promise.all([secrets.get(amy), secrets.get(bob), secrets.get(amy)])).toEqual([
      secret,
      undefined,
      secret,
    ]);
    await secrets.set(bob, 'other');
    expect(ask.asked).toEqual(['needed']);
  });

  it('asks again after a wrong passphrase, and gives up with the person', async () => {
    const at = folder();
    await openSecrets('sealed', { folder: at, askPassphrase: answering('open sesame') }).set(amy, secret);
    const ask = answering('wrong', 'open sesame');
    expect(await openSecrets('sealed', { folder: at, askPassphrase: ask }).get(amy)).toBe(secret);
    expect(ask.asked).toEqual(['needed', 'refused']);

    const before = readFileSync(`${at}/secrets.sealed`, 'utf8');
    const tired = openSecrets('sealed', { folder: at, askPassphrase: answering('wrong') });
    const error = await refusal(tired.set(bob, secret));
    expect(error.code).toBe('cancelled');
    carriesNothing(error);
    expect(readFileSync(`${at}/secrets.sealed`, 'utf8')).toBe(before);
    const alone = openSecrets('sealed', { folder: at, askPassphrase: nobody });
    expect((await refusal(alone.get(amy))).code).toBe('password-needed');
  });

  it('holds neither secret nor passphrase nor account in plain text, and is its owner’s alone', async () => {
    const at = folder();
    const before = process.umask(0);
    try {
      await openSecrets('sealed', { folder: at, askPassphrase: answering('open sesame') }).set(amy, secret);
    } finally {
      process.umask(before);
    }
    expect(readdirSync(at)).toEqual(['secrets.sealed']);
    expect(statSync(`${at}/secrets.sealed`).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(`${at}/secrets.sealed`);
    for (const hidden of [secret, 'correct', 'open sesame', 'amy'])
      for (const text of [
        hidden,
        Buffer.from(hidden).toString('base64').replace(/=*$/, ''),
        Buffer.from(hidden).toString('hex'),
      ])
        expect(bytes.includes(text)).toBe(false);
  });

  it('that was cut short or changed is reported, not taken for a wrong passphrase, and left as it is', async () => {
    const at = folder();
    const path = `${at}/secrets.sealed`;
    await openSecrets('sealed', { folder: at, askPassphrase: answering('open sesame') }).set(amy, secret);
    const whole = readFileSync(path, 'utf8');
    const flipped = whole.replace(
      /^(.*\n.{30})(.)/,
      (_, start: string, letter: string) => start + (letter === 'A' ? 'B' : 'A'),
    );
    for (const damaged of ['', whole.slice(0, 20), whole.slice(0, -10), flipped, `${whole}more`, 'x'.repeat(500)]) {
      writeFileSync(path, damaged);
      const ask = answering('open sesame');
      const error = await refusal(openSecrets('sealed', { folder: at, askPassphrase: ask }).set(bob, secret));
      expect([error.code, ask.asked]).toEqual(['disk', []]);
      expect(error.message).toMatch(/damaged.*backup/);
      carriesNothing(error);
      expect(readFileSync(path, 'utf8')).toBe(damaged);
    }
  });

  it('changed by someone who made its sum right again is still found out', async () => {
    const { createHash } = await import('node:crypto');
    const at = folder();
    const path = `${at}/secrets.sealed`;
    await openSecrets('sealed', { folder: at, askPassphrase: answering('open sesame') }).set(amy, secret);
    const [header, body] = readFileSync(path, 'utf8').split('\n') as [string, string];
    const [nonce, text] = body.split(' ') as [string, string];
    const lines = `${header}\n${nonce} ${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}\n`;
    writeFileSync(path, `${lines}sha256 ${createHash('sha256').update(lines).digest('hex')}\n`);
    const error = await refusal(
      openSecrets('sealed', { folder: at, askPassphrase: answering('open sesame') }).get(amy),
    );
    expect(error.code).toBe('disk');
  });

  it('asking for more memory than any passphrase is worth is not obeyed, and a newer one is refused', async () => {
    const { createHash } = await import('node:crypto');
    const at = folder();
    const path = `${at}/secrets.sealed`;
    const secrets = openSecrets('sealed', { folder: at, askPassphrase: answering() });
    const forge = (header: string) => {
      const lines = `${header}\n${'A'.repeat(16)} ${'A'.repeat(64)}\n`;
      writeFileSync(path, `${lines}sha256 ${createHash('sha256').update(lines).digest('hex')}\n`);
    };
    const rest = `${Buffer.alloc(16).toString('base64')} ${Buffer.alloc(32).toString('base64')}`;
    forge(`kith-secrets 1 scrypt ${2 ** 30} 8 1 ${rest}`);
    expect((await refusal(secrets.get(amy))).code).toBe('disk');
    forge(`kith-secrets 2 other ${rest}`);
    expect((await refusal(secrets.get(amy))).code).toBe('profile-newer');
  });

  it('says when its passphrase is chosen, and not when it is known', async () => {
    const at = folder();
    const first = answering('open sesame');
    await openSecrets('sealed', { folder: at, askPassphrase: first }).set(amy, secret);
    expect(first.asked).toEqual(['new']);
    const second = answering('open sesame');
    expect(await openSecrets('sealed', { folder: at, askPassphrase: second }).get(amy)).toBe(secret);
    expect(second.asked).toEqual(['needed']);
  });

  it('is not made under an empty passphrase', async () => {
    const at = folder();
    const secrets = openSecrets('sealed', { folder: at, askPassphrase: answering('') });
    expect((await refusal(secrets.set(amy, secret))).code).toBe('invalid-argument');
    expect(readdirSync(at)).toEqual([]);
  });
});

describe('the plain file', () => {
  it('is its owner’s alone, and what is left of an interrupted writing does not matter', async () => {
    const at = folder();
    writeFileSync(`${at}/secrets.plain.new`, 'half');
    chmodSync(`${at}/secrets.plain.new`, 0o644);
    await openSecrets('plain', { folder: at, askPassphrase: nobody }).set(amy, secret);
    expect(readdirSync(at)).toEqual(['secrets.plain']);
    expect(statSync(`${at}/secrets.plain`).mode & 0o777).toBe(0o600);
  });

  it('that is damaged is reported without quoting it, and left as it is', async () => {
    const at = folder();
    for (const damaged of [`{"amy":"${secret}"`, `["${secret}"]`, `{"amy":{"is":"${secret}"}}`, 'null', '']) {
      writeFileSync(`${at}/secrets.plain`, damaged);
      const error = await refusal(openSecrets('plain', { folder: at, askPassphrase: nobody }).set(bob, 'x'));
      expect(error.code).toBe('disk');
      carriesNothing(error);
      expect(readFileSync(`${at}/secrets.plain`, 'utf8')).toBe(damaged);
    }
  });

  it('that cannot be written says what to do', async () => {
    const secrets = openSecrets('plain', { folder: `${folder()}/vanished`, askPassphrase: nobody });
    const error = await refusal(secrets.set(amy, secret));
    expect(error).toMatchObject({
      code: 'disk',
      message: expect.stringMatching(/See that the folder exists/) as string,
    });
    carriesNothing(error);
  });
});
