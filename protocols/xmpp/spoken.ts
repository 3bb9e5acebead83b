/**
 * What was said under each name in a room while its bearer stayed. Where the room has no ids for its occupants (XEP-0421), only that may be
 * corrected: behind a name that left and came back may be somebody else (XEP-0308 section 5).
 */
const remembered = 50;

export class Spoken {
  readonly #ids = new Map<string, string[]>();

  said(nick: string, id: string): void {
    const ids = this.#ids.get(nick) ?? [];
    ids.push(id);
    if (ids.length > remembered) ids.shift();
    this.#ids.set(nick, ids);
  }

  has(nick: string, id: string): boolean {
    return this.#ids.get(nick)?.includes(id) === true;
  }

  left(nick: string): void {
    this.#ids.delete(nick);
  }

  clear(): void {
    this.#ids.clear();
  }
}
