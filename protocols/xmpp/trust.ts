/** Certificates that do not verify: the person decides, and 'until it changes' is kept by the certificate's fingerprint. */
import type { Ask, Aborting, CertificateFacts } from '../../src/domain/index.ts';
import type { Memory } from '../../src/contracts/index.ts';

const key = 'certificate';

/** True when this very certificate was accepted before or is accepted now. */
export async function trusted(
  facts: CertificateFacts,
  lent: { readonly memory: Memory; readonly ask: Ask },
  signal: Aborting,
): Promise<boolean> {
  const kept = lent.memory.get(key);
  if (kept === facts.fingerprint) return true;
  // A certificate that is not the accepted one is worth more attention than one never seen.
  const asked: CertificateFacts = kept === undefined ? facts : { ...facts, reason: 'changed' };
  const answer = await lent.ask('certificate', asked, signal);
  if (answer === 'until-changed') lent.memory.set(key, facts.fingerprint);
  return answer !== 'no';
}
