/** Opaque identifiers: strings that cannot be mistaken for one another. Only their maker builds or reads them. */
declare const brand: unique symbol;
export type Id<Name extends string> = string & { readonly [brand]: Name };

declare const crypto: { randomUUID(): string };

/** A new random identifier, RFC 4122 version 4. */
export function newId<T extends Id<string>>(): T {
  return crypto.randomUUID() as T;
}
