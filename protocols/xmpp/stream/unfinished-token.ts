/** The piece of XML whose end has not come yet, as far as its beginning and its last letters tell what it is. */

/** Characters enough to tell what begins here. */
const telling = '<![CDATA['.length;
/** The longest reference there may be, such as `&#x0010FFFF`, which may be cut by the end of a piece. */
const longestReference = 12;

export class UnfinishedToken {
  #head = '';
  #tail = '';

  begin(): void {
    this.#head = '';
    this.#tail = '';
  }

  /** What it can only be, of what must not be in a stream; undefined while it may still become something good. */
  grow(text: string): 'entity' | 'markup' | undefined {
    this.#head = (this.#head + text).slice(0, telling);
    const all = this.#tail + text;
    this.#tail = all.slice(-longestReference);
    // The parser may have taken the angle bracket for the end of what came before.
    const begins = this.#head.replace(/^</, '');
    if (begins.startsWith('![CDATA[')) return undefined;
    if (/^[!?]/.test(begins) && !'![CDATA['.startsWith(begins)) return 'markup';
    return /&(?!#?\w{0,9}(?:;|$))/.test(all) ? 'entity' : undefined;
  }
}
