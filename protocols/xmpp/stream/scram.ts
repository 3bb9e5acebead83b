/** SCRAM, RFC 5802 and 7677: each side proves that it knows the password, and neither says it. */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { KithError } from '../../../src/base/index.ts';

export type ScramHash = 'sha512' | 'sha256' | 'sha1';

/** RFC 7677 section 4 wants at least 4096; fewer would make a stolen answer cheap to guess from. */
const fewestIterations = 4096;
/** More would only keep this machine busy. */
const mostIterations = 10_000_000;

/** One login. The order of calls is: first, answer, then `prove` with what the server says last. */
export class Scram {
  readonly #hash: ScramHash;
  readonly #nonce: string;
  readonly #firstBare: string;
  readonly #password: string;
  #expected: Buffer | undefined;

  constructor(hash: ScramHash, name: string, password: string, nonce: string) {
    this.#hash = hash;
    this.#nonce = nonce;
    this.#password = prepared(password);
    this.#firstBare = `n=${prepared(name).replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  }

  first(): string {
    return `n,,${this.#firstBare}`;
  }

  /** Throws 'server-unproven' for a challenge no honest server sends. */
  async answer(challenge: string): Promise<string> {
    const parts = attributesOf(challenge);
    const nonce = parts.get('r') ?? '';
    const salt = bytesOf(parts.get('s'));
    const iterations = /^\d{1,9}$/.test(parts.get('i') ?? '') ? Number(parts.get('i')) : 0;
    // 'm' announces an extension that must be understood, and we understand none.
    if (parts.has('m') || !nonce.startsWith(this.#nonce) || nonce === this.#nonce || salt === undefined)
      throw unproven('The challenge of the server is not in order');
    if (iterations < fewestIterations || iterations > mostIterations)
      throw unproven('The server wants the password guarded too weakly or too heavily');
    const salted = await saltedPassword(this.#hash, this.#password, salt, iterations);
    const clientKey = hmac(this.#hash, salted, 'Client Key');
    const storedKey = createHash(this.#hash).update(clientKey).digest();
    const finalBare = `c=${Buffer.from('n,,').toString('base64')},r=${nonce}`;
    const signed = `${this.#firstBare},${challenge},${finalBare}`;
    const signature = hmac(this.#hash, storedKey, signed);
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
    this.#expected = hmac(this.#hash, hmac(this.#hash, salted, 'Server Key'), signed);
    return `${finalBare},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** Throws 'server-unproven' unless the server's last word shows that it knows the password too. */
  prove(final: string): void {
    const parts = attributesOf(final);
    if (parts.has('e')) throw new KithError('authentication-failed', 'The server does not accept the password');
    const signature = bytesOf(parts.get('v'));
    if (this.#expected === undefined || signature?.length !== this.#expected.length)
      throw unproven('The server did not prove that it knows the password');
    if (!timingSafeEqual(signature, this.#expected))
      throw unproven('The server did not prove that it knows the password');
  }
}

/**
 * SASLprep (RFC 4013) as far as it matters for what people type: other spaces become a space, invisible joiners vanish, and
 * what looks the same is the same.
 */
export function prepared(text: string): string {
  return text
    .replace(/[\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}]/gu, ' ')
    .replace(
      /\u{AD}|\u{34F}|\u{1806}|[\u{180B}-\u{180D}]|[\u{200B}-\u{200D}]|\u{2060}|[\u{FE00}-\u{FE0F}]|\u{FEFF}/gu,
      '',
    )
    .normalize('NFKC');
}

function saltedPassword(hash: ScramHash, password: string, salt: Buffer, iterations: number): Promise<Buffer> {
  const length = createHash(hash).digest().length;
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, iterations, length, hash, (error, key) => {
      if (error === null) resolve(key);
      else reject(new KithError('internal', 'The password could not be derived', { cause: error }));
    });
  });
}

function hmac(hash: ScramHash, key: Buffer, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}

/** 'a=…,b=…'; the first of a repeated name counts. */
function attributesOf(message: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of message.split(',')) {
    const [, name, value] = /^([A-Za-z])=(.*)$/s.exec(part) ?? [];
    if (name !== undefined && value !== undefined && !found.has(name)) found.set(name, value);
  }
  return found;
}

/** Undefined unless it is base64 of at least one byte. */
function bytesOf(text: string | undefined): Buffer | undefined {
  if (text === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 0 ? undefined : bytes;
}

function unproven(message: string): KithError {
  return new KithError('server-unproven', message);
}
