/** Secrets by account as one JSON text, and back. */
import type { AccountId, SecretsByAccount } from './secrets.ts';

export function toText(secrets: SecretsByAccount): string {
  return JSON.stringify(Object.fromEntries(secrets));
}

/** Undefined when the text is not what `toText` makes. */
export function fromText(text: string): SecretsByAccount | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value) as [AccountId, unknown][];
  if (!entries.every((entry): entry is [AccountId, string] => typeof entry[1] === 'string')) return undefined;
  return new Map(entries);
}
