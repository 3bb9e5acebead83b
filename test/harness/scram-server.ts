/** The server's half of SCRAM (RFC 5802), honest or not: what it says, and whether what it was told is right. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

export interface ScramServer {
  /** What the server believes the password to be. */
  readonly password?: string;
  readonly mechanism?: `SCRAM-SHA-${'1' | '256' | '512'}${'' | '-PLUS'}`;
  readonly iterations?: number | string;
  /** Instead of the client's nonce with something added. */
  readonly nonce?: (clients: string) => string;
  /** Added behind the first message. */
  readonly extension?: string;
  /** The data of the channel binding the client names, as the server sees it. */
  readonly bound?: (type: string) => Buffer | undefined;
}

export interface ScramCourse {
  /** The flag of the client: 'n', 'y' or 'p=…'. */
  readonly flag: string;
  readonly challenge: string;
  /** What the server answers to the client's proof, and whether that was right. */
  judge(final: string): { readonly right: boolean; readonly verdict: string; readonly forged: string };
}

const salt = Buffer.from('salt of the tests');
const hashes = { '1': 'sha1', '256': 'sha256', '512': 'sha512' } as const;

export function scramServer(first: string, how: ScramServer = {}): ScramCourse {
  const hash = hashes[(how.mechanism ?? 'SCRAM-SHA-256').split('-')[2] as keyof typeof hashes];
  const [, header = '', flag = '', firstBare = ''] = /^(([^,]*),[^,]*,)(.*)$/s.exec(first) ?? [];
  const nonce = /r=([^,]+)/.exec(firstBare)?.[1] ?? '';
  const iterations = how.iterations ?? 4096;
  const challenge = `r=${(how.nonce ?? ((clients) => `${clients}server`))(nonce)},s=${salt.toString('base64')},i=${iterations}${how.extension ?? ''}`;
  return {
    flag,
    challenge,
    judge(final) {
      const length = createHash(hash).digest().length;
      const salted = saltedPassword((how.password ?? 'secret').normalize('NFKC'), Number(iterations), length, hash);
      const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
      const signed = `${firstBare},${challenge},${final.replace(/,p=.*$/, '')}`;
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash(hash).update(clientKey).digest(), signed);
      const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
      const bound = flag.startsWith('p=') ? how.bound?.(flag.slice(2)) : Buffer.alloc(0);
      const binding = Buffer.concat([Buffer.from(header), bound ?? Buffer.from('unknown')]).toString('base64');
      return {
        right: final.startsWith(`c=${binding},`) && final.endsWith(`,p=${proof.toString('base64')}`),
        verdict: `v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`,
        forged: `v=${hmac(hmac(salted, 'Another Key'), signed).toString('base64')}`,
      };
    },
  };
}

/** Worked out once, as a server keeps it. */
const known = new Map<string, Buffer>();

function saltedPassword(password: string, iterations: number, length: number, hash: string): Buffer {
  const key = JSON.stringify([password, iterations, hash]);
  const salted = known.get(key) ?? pbkdf2Sync(password, salt, iterations, length, hash);
  known.set(key, salted);
  return salted;
}
