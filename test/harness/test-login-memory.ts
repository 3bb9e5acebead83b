/** What a login leaves for the next, where a test can see it. */
import type { LoginMemory, TokenMemory } from '../../protocols/xmpp/stream/index.ts';

export class TestLoginMemory implements LoginMemory {
  mechanism: string | undefined;
  readonly agent = '5e3c0c4e-9a3c-4b8e-8b1f-3a7d2f0c9d11';
  /** As it was last kept. */
  kept: string | undefined;
  /** How often one was kept or forgotten. */
  turns = 0;
  readonly token: TokenMemory = {
    read: async () => this.kept,
    keep: (token) => {
      this.kept = token;
      this.turns += 1;
    },
  };

  constructor(mechanism?: string, kept?: string) {
    this.mechanism = mechanism;
    this.kept = kept;
  }
}
