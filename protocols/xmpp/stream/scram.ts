/** SCRAM, RFC 5802 and 7677: each side proves that it knows the password, and neither says it. */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { KithError, wordTable } from '../../../src/base/index.ts';
import { type Refusal, saslConditions } from './conditions.ts';
import type { Mechanism } from './sasl.ts';
import { prepared } from './saslprep.ts';

export type ScramHash = 'sha512' | 'sha256' | 'sha1';

/**
 * What is said of channel binding (RFC 5802 section 6): 'n' that we know none, 'y' that we would have used it and the server offers
 * none, 'p' that it is used.
 */
export type ScramBinding =
  { readonly flag: 'n' | 'y' } | { readonly flag: 'p'; readonly type: string; readonly data: Buffer };

export interface ScramLogin {
  readonly name: string;
  readonly password: string;
  readonly binding: ScramBinding;
  /** All the server offered, as XEP-0474 section 5.1 spells it. */
  readonly offered: string;
  /** Printable, without a comma. A random one when not given. */
  readonly nonce?: string;
}

/** RFC 7677 section 4 wants at least 4096; fewer would make a stolen answer cheap to guess from. */
const fewestIterations = 4096;
/** Some two seconds of one processor. More would only keep this machine busy for whoever asks. */
const mostIterations = 2_000_000;

/** One login. */
export class Scram implements Mechanism {
  readonly name: string;
  readonly #hash: ScramHash;
  readonly #login: ScramLogin;
  readonly #password: string;
  readonly #nonce: string;
  readonly #firstBare: string;
  #expected: Buffer | undefined;
  #proven = false;

  /** Throws 'authentication-failed' for a name or password no server can have stored. */
  constructor(name: string, hash: ScramHash, login: ScramLogin) {
    this.name = name;
    this.#hash = hash;
    this.#login = login;
    this.#password = prepared(login.password);
    this.#nonce = login.nonce ?? randomBytes(24).toString('base64');
    this.#firstBare = `n=${prepared(login.name).replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${this.#nonce}`;
  }

  /** The server knows the name and has said how its password is guarded. */
  get challenged(): boolean {
    return this.#expected !== undefined;
  }

  first(): Buffer {
    return Buffer.from(this.#header + this.#firstBare);
  }

  /** The first challenge is answered with our proof. A second one may bring the server's, which is answered with nothing. */
  async answer(challenge: Buffer): Promise<Buffer> {
    if (this.#expected === undefined) return Buffer.from(await this.#proof(challenge.toString()));
    if (this.#proven) throw unproven('The server challenges without end');
    this.prove(challenge);
    return Buffer.alloc(0);
  }

  prove(last: Buffer | undefined): void {
    if (last === undefined && this.#proven) return;
    const parts = attributesOf(last?.toString() ?? '');
    const error = parts.get('e');
    if (error !== undefined) throw refusalOf(error);
    const signature = bytesOf(parts.get('v'));
    const proven =
      this.#expected !== undefined &&
      signature?.length === this.#expected.length &&
      timingSafeEqual(signature, this.#expected);
    if (!proven) throw unproven('The server did not prove that it knows the password');
    this.#proven = true;
  }

  /** RFC 5802 section 7, gs2-header. */
  get #header(): string {
    const { binding } = this.#login;
    return binding.flag === 'p' ? `p=${binding.type},,` : `${binding.flag},,`;
  }

  async #proof(challenge: string): Promise<string> {
    const parts = attributesOf(challenge);
    const nonce = parts.get('r') ?? '';
    const salt = bytesOf(parts.get('s'));
    const iterations = /^\d{1,9}$/.test(parts.get('i') ?? '') ? Number(parts.get('i')) : 0;
    // 'm' announces an extension that must be understood, and we understand none.
    if (parts.has('m') || !nonce.startsWith(this.#nonce) || nonce === this.#nonce || salt === undefined)
      throw unproven('The challenge of the server is not in order');
    if (iterations < fewestIterations || iterations > mostIterations)
      throw unproven('The server wants the password guarded too weakly or too heavily');
    this.#checkOffer(parts.get('h'));
    const salted = await saltedPassword(this.#hash, this.#password, salt, iterations);
    const clientKey = hmac(this.#hash, salted, 'Client Key');
    const storedKey = createHash(this.#hash).update(clientKey).digest();
    const { binding } = this.#login;
    const bound = Buffer.concat([Buffer.from(this.#header), binding.flag === 'p' ? binding.data : Buffer.alloc(0)]);
    const finalBare = `c=${bound.toString('base64')},r=${nonce}`;
    const signed = `${this.#firstBare},${challenge},${finalBare}`;
    const signature = hmac(this.#hash, storedKey, signed);
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
    this.#expected = hmac(this.#hash, hmac(this.#hash, salted, 'Server Key'), signed);
    return `${finalBare},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** XEP-0474 section 5.2: what reached us is what the server offered, or somebody changed it on the way. */
  #checkOffer(hash: string | undefined): void {
    if (hash === undefined || hash === createHash(this.#hash).update(this.#login.offered).digest('base64')) return;
    throw new KithError('downgraded', 'What the server offers was changed on its way here');
  }
}

/** RFC 5802 section 7, server-error-value. What is not listed is 'server-refused'. */
const serverErrors = wordTable<Refusal>({
  'channel-bindings-dont-match': ['downgraded', 'The server sees another connection than we do'],
  'server-does-support-channel-binding': ['downgraded', 'The server offered more than arrived here'],
  'channel-binding-not-supported': ['downgraded', 'The server offered less than arrived here'],
  'unsupported-channel-binding-type': ['downgraded', 'The server offered less than arrived here'],
  'invalid-proof': saslConditions['not-authorized'],
  'unknown-user': saslConditions['not-authorized'],
  'invalid-username-encoding': saslConditions['not-authorized'],
  'no-resources': saslConditions['temporary-auth-failure'],
});

function refusalOf(error: string): KithError {
  const [code, says] = serverErrors(error) ?? ['server-refused', 'It lets nobody in'];
  return new KithError(code, `${says} (${error.slice(0, 40)})`);
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
