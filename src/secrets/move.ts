/** Takes secrets from where they live to where they shall live. */
import type { AccountId, Secrets } from './secrets.ts';

/**
 * When it rejects, everything still lives where it did and nothing lies where it should not.
 * Only when all have arrived is anything removed.
 */
export async function moveSecrets(from: Secrets, to: Secrets, accounts: readonly AccountId[]): Promise<void> {
  const arrived: AccountId[] = [];
  try {
    for (const account of accounts) {
      const secret = await from.get(account);
      if (secret === undefined) continue;
      arrived.push(account);
      await to.set(account, secret);
    }
  } catch (error) {
    // Best effort: what went wrong first is what the person must hear.
    for (const account of arrived) await to.remove(account).catch(() => undefined);
    throw error;
  }
  for (const account of arrived) await from.remove(account);
}
