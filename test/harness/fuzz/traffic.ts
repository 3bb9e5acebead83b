/** What was really said between Kith and a server, element by element, in the letters in which it was said. */
import { limitsAfterAuthentication, Reader, type Reading } from '../../../protocols/xmpp/stream/reader.ts';

export type Side = 'client' | 'server';

export interface Said {
  readonly by: Side;
  /** A whole element, or the beginning or the end of a stream. */
  readonly text: string;
}

/** Cuts the words of one side of a connection into elements, as they come. */
export class Cutter {
  readonly #cut: (text: string) => void;
  #reader = this.#anew();
  #text = '';
  #whole = false;

  constructor(cut: (text: string) => void) {
    this.#cut = cut;
  }

  take(bytes: Buffer): void {
    for (const byte of bytes) {
      this.#text += String.fromCharCode(byte);
      // A stream begun anew in the same connection.
      if (this.#text === '<?xml') {
        this.#reader = this.#anew();
        this.#reader.write(Buffer.from('<?xm'));
      }
      this.#reader.write(Buffer.of(byte));
      if (!this.#whole) continue;
      this.#cut(Buffer.from(this.#text, 'latin1').toString());
      this.#text = '';
      this.#whole = false;
    }
  }

  #anew(): Reader {
    return new Reader(limitsAfterAuthentication, (_reading: Reading) => (this.#whole = true));
  }
}

const heading = (by: Side) => `--- ${by}`;

export function write(said: readonly Said[]): string {
  return said.map(({ by, text }) => `${heading(by)}\n${text}\n`).join('');
}

export function read(file: string): Said[] {
  return file
    .split(/^--- (?=(?:client|server)$)/m)
    .filter((part) => part !== '')
    .map((part) => {
      const end = part.indexOf('\n');
      return { by: part.slice(0, end) as Side, text: part.slice(end + 1, -1) };
    });
}
