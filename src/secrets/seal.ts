/**
 * A text under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM seals. Three lines:
 *
 *     kith-secrets 1 scrypt <N> <r> <p> <salt> <proof>      authenticated together with the sealed text
 *     <nonce> <sealed text and tag>
 *     sha256 <of the lines above>                           no protection, only tells damage from a wrong passphrase
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** A key that stays in memory, and the header it belongs to. */
export interface SealKey {
  readonly header: string;
  readonly secret: Buffer;
}

/** A sealed text taken apart. */
export interface Sealed {
  readonly header: string;
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly proof: Buffer;
  readonly nonce: Buffer;
  readonly text: Buffer;
}

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

const NAME = 'kith-secrets';
const VERSION = 1;
const COST: Cost = { N: 2 ** 17, r: 8, p: 1 };
const TAG = 16;
const base64 = (bytes: Buffer) => bytes.toString('base64');

/** Takes half a second and 128 MiB, on purpose. */
export async function newKey(passphrase: string): Promise<SealKey> {
  const salt = randomBytes(16);
  const { secret, proof } = await derive(passphrase, salt, COST);
  const { N, r, p } = COST;
  return { secret, header: [NAME, VERSION, 'scrypt', N, r, p, base64(salt), base64(proof)].join(' ') };
}

/** Undefined when it is not the passphrase. */
export async function keyFor(passphrase: string, sealed: Sealed): Promise<SealKey | undefined> {
  const { secret, proof } = await derive(passphrase, sealed.salt, sealed.cost);
  return timingSafeEqual(proof, sealed.proof) ? { header: sealed.header, secret } : undefined;
}

export function seal(key: SealKey, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(Buffer.from(key.header));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const lines = `${key.header}\n${base64(nonce)} ${base64(body)}\n`;
  return `${lines}sha256 ${digest(lines)}\n`;
}

/** Undefined when somebody changed it. */
export function unseal(key: SealKey, sealed: Sealed): string | undefined {
  const split = sealed.text.length - TAG;
  const cipher = createDecipheriv('aes-256-gcm', key.secret, sealed.nonce, { authTagLength: TAG })
    .setAAD(Buffer.from(sealed.header))
    .setAuthTag(sealed.text.subarray(split));
  try {
    return Buffer.concat([cipher.update(sealed.text.subarray(0, split)), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** 'damaged' when it is no sealed text or not whole, 'newer' when a later program sealed it. */
export function parseSealed(content: string): Sealed | 'damaged' | 'newer' {
  const lines = content.split('\n');
  const [header = '', body = '', sum = '', rest] = lines;
  const [name, version, kind, N, r, p, salt, proof] = header.split(' ');
  if (name !== NAME) return 'damaged';
  if (Number(version) > VERSION) return 'newer';
  if (lines.length !== 4 || rest !== '' || sum !== `sha256 ${digest(`${header}\n${body}\n`)}`) return 'damaged';
  const [nonce = '', text = ''] = body.split(' ');
  const sealed = {
    header,
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt ?? '', 'base64'),
    proof: Buffer.from(proof ?? '', 'base64'),
    nonce: Buffer.from(nonce, 'base64'),
    text: Buffer.from(text, 'base64'),
  };
  return kind === 'scrypt' && hasSaneShape(sealed) ? sealed : 'damaged';
}

/** The numbers come from a file: beyond these bounds they would only be an attack on our memory. */
function hasSaneShape({ cost, salt, proof, nonce, text }: Omit<Sealed, 'header'>): boolean {
  const { N, r, p } = cost;
  const power = Number.isInteger(Math.log2(N)) && N >= 2 ** 10 && N <= 2 ** 20;
  const rest = Number.isInteger(r) && r >= 1 && r <= 16 && Number.isInteger(p) && p >= 1 && p <= 4;
  return power && rest && salt.length === 16 && proof.length === 32 && nonce.length === 12 && text.length >= TAG;
}

/** The second half proves the passphrase; knowing it does not help to find the first. */
async function derive(passphrase: string, salt: Buffer, cost: Cost): Promise<{ secret: Buffer; proof: Buffer }> {
  const { N, r, p } = cost;
  const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt);
  const bytes = await scryptAsync(passphrase.normalize('NFC'), salt, 64, { N, r, p, maxmem: 256 * N * r });
  return { secret: bytes.subarray(0, 32), proof: bytes.subarray(32) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
