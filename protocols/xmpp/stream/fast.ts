/** Fast authentication, XEP-0484: a password is given once, and exchanged for a token that lets us in from then on. */
import type { Clock } from '../../../src/base/index.ts';
import type { Bindings } from './channel-binding.ts';
import type { TokenMemory } from './contract.ts';
import { type Element, xml } from './element.ts';
import { type HashedToken, parseToken, spellToken, tokenMechanism } from './hashed-token.ts';
import { ns } from './namespaces.ts';

/** One login's dealings with tokens. */
export class Fast {
  readonly #memory: TokenMemory;
  readonly #clock: Clock;
  /** The mechanism for which a token is used, and asked for where there is none. */
  readonly #mechanism: string;

  private constructor(memory: TokenMemory, clock: Clock, mechanism: string) {
    this.#memory = memory;
    this.#clock = clock;
    this.#mechanism = mechanism;
  }

  /** Undefined where the server offers nothing that can be used. `bound`: the password would be bound, so a token has to be. */
  static offered(
    inline: Element | undefined,
    { bindings, bound, memory, clock }: { bindings: Bindings; bound: boolean; memory: TokenMemory; clock: Clock },
  ): Fast | undefined {
    const names = inline
      ?.child('fast', ns.fast)
      ?.childrenNamed('mechanism')
      .map((mechanism) => mechanism.text().trim());
    const mechanism = names && tokenMechanism(names, bindings, bound);
    return mechanism === undefined ? undefined : new Fast(memory, clock, mechanism);
  }

  /** The kept token, if it is good for this connection. Its use is noted before it is used. */
  async token(): Promise<HashedToken | undefined> {
    const kept = parseToken((await this.#memory.read()) ?? '');
    if (kept === undefined || kept.mechanism !== this.#mechanism) return undefined;
    if (kept.expires !== undefined && kept.expires <= this.#clock.now()) {
      this.forget();
      return undefined;
    }
    const used = { ...kept, uses: kept.uses + 1 };
    this.#memory.keep(spellToken(used));
    return used;
  }

  /** Goes along with a login by token. */
  use({ uses }: HashedToken): Element {
    return xml('fast', ns.fast, { count: String(uses) });
  }

  /** Goes along with a login by password. */
  request(): Element {
    return xml('request-token', ns.fast, { mechanism: this.#mechanism });
  }

  /** The server may give a token with any success: the one asked for, or a new one in place of the old. */
  take(success: Element): void {
    const given = success.child('token', ns.fast);
    const secret = given?.attribute('token') ?? '';
    if (secret === '') return;
    const expires = Date.parse(given?.attribute('expiry') ?? '');
    const token: HashedToken = { mechanism: this.#mechanism, secret, uses: 0 };
    this.#memory.keep(spellToken(Number.isNaN(expires) ? token : { ...token, expires }));
  }

  /** The server does not take it any more. */
  forget(): void {
    this.#memory.keep(undefined);
  }
}
