/** A person who is asked nothing twice within one attempt, however many connections it takes. */
import type { StreamSettings } from './contract.ts';

export function askingOnce(settings: StreamSettings): StreamSettings {
  let password: Promise<string> | undefined;
  let accepted: string | undefined;
  return {
    ...settings,
    password: () => (password ??= settings.password()),
    async trust(facts) {
      if (facts.fingerprint === accepted) return true;
      const trusted = await settings.trust(facts);
      if (trusted) accepted = facts.fingerprint;
      return trusted;
    },
  };
}
