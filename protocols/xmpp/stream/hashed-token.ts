/** Hashed tokens, draft-schmaus-kitten-sasl-ht and XEP-0484: one word each way proves that both sides know what the server once gave. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { KithError, type Instant } from '../../../src/base/index.ts';
import type { Bindings, BindingType } from './channel-binding.ts';
import type { Mechanism } from './sasl.ts';
import { prepared } from './saslprep.ts';

/** A token as it is kept. It is as secret as a password. */
export interface HashedToken {
  /** It is good for this mechanism alone. */
  readonly mechanism: string;
  readonly secret: string;
  /** Undefined when the server did not say. */
  readonly expires?: Instant;
  /** How often it was used, the use that begins included. */
  readonly uses: number;
}

/** By what each is bound; the last by nothing. Strongest first. */
const mechanisms: readonly (readonly [name: string, binding: BindingType | undefined])[] = [
  ['HT-SHA-256-EXPR', 'tls-exporter'],
  ['HT-SHA-256-UNIQ', 'tls-unique'],
  ['HT-SHA-256-ENDP', 'tls-server-end-point'],
  ['HT-SHA-256-NONE', undefined],
];

/** The strongest that is offered and that this connection can be bound by. `bound`: one that is bound by nothing will not do. */
export function tokenMechanism(offered: readonly string[], bindings: Bindings, bound: boolean): string | undefined {
  return mechanisms.find(
    ([name, binding]) => offered.includes(name) && (binding === undefined ? !bound : bindings.has(binding)),
  )?.[0];
}

export function tokenLogin(name: string, token: HashedToken, bindings: Bindings): Mechanism {
  const binding = mechanisms.find(([mechanism]) => mechanism === token.mechanism)?.[1];
  const data = (binding === undefined ? undefined : bindings.get(binding)) ?? Buffer.alloc(0);
  const hashed = (who: string) => createHmac('sha256', token.secret).update(who).update(data).digest();
  return {
    name: token.mechanism,
    first: () => Buffer.concat([Buffer.from(`${prepared(name)}\0`), hashed('Initiator')]),
    answer: async () => {
      throw new KithError('server-unproven', 'The server challenges where there is nothing to ask');
    },
    prove(last) {
      const expected = hashed('Responder');
      if (last?.length !== expected.length || !timingSafeEqual(last, expected))
        throw new KithError('server-unproven', 'The server did not prove that it knows the token');
    },
  };
}

export function spellToken(token: HashedToken): string {
  return JSON.stringify(token);
}

/** Undefined when it is not what `spellToken` makes. */
export function parseToken(text: string): HashedToken | undefined {
  try {
    const { mechanism, secret, expires, uses } = JSON.parse(text) as Partial<Record<keyof HashedToken, unknown>>;
    if (typeof mechanism !== 'string' || typeof secret !== 'string' || typeof uses !== 'number') return undefined;
    return { mechanism, secret, uses, ...(typeof expires === 'number' ? { expires } : {}) };
  } catch {
    return undefined;
  }
}
