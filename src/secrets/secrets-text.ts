/** Secrets by their keys as one JSON text, and back. */
import type { SecretKey, SecretsByKey } from './secrets.ts';

export function toText(secrets: SecretsByKey): string {
  return JSON.stringify(Object.fromEntries(secrets));
}

/** Undefined when the text is not what `toText` makes. */
export function fromText(text: string): SecretsByKey | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value) as [SecretKey, unknown][];
  if (!entries.every((entry): entry is [SecretKey, string] => typeof entry[1] === 'string')) return undefined;
  return new Map(entries);
}
