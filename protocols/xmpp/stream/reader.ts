/** Bytes in, elements out: strict XML as RFC 6120 section 11 allows it, with a limit on everything a peer could make large. */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { KithError } from '../../../src/base/index.ts';
import { Element, type Node } from './element.ts';
import { UnfinishedToken } from './unfinished-token.ts';

/** In UTF-16 units, of which there are never more than bytes; `depth`, `elements` and `attributes` are counts. */
export interface ReadingLimits {
  readonly stanza: number;
  /** One text, attribute or name; anything that stands between two events of the parser. */
  readonly token: number;
  readonly depth: number;
  /** In one stanza. An element takes far more memory than the four bytes it may be written in. */
  readonly elements: number;
  /** Of one element. */
  readonly attributes: number;
}

const strict: ReadingLimits = { stanza: 64 * 1024, token: 32 * 1024, depth: 64, elements: 2000, attributes: 128 };

/** Before anyone is proven, there is nothing long to say. */
export const limitsBeforeAuthentication: ReadingLimits = strict;

/** A contact list of ten thousand is one stanza of 1.1 MiB, so the limit lies well above that. */
export const limitsAfterAuthentication: ReadingLimits = {
  ...strict,
  stanza: 8 * 1024 * 1024,
  token: 512 * 1024,
  elements: 200_000,
};

/** What the peer did wrong, in a condition of RFC 6120 section 4.9.3. */
export interface Fault {
  readonly condition:
    | 'not-well-formed'
    | 'restricted-xml'
    | 'policy-violation'
    | 'bad-format'
    | 'invalid-namespace'
    | 'undefined-condition';
  readonly text: string;
}

export type Reading =
  /** The stream's own start tag: an element without children. */
  /** `content` is the default namespace it declares, that of stanzas unless they say their own (RFC 6120 section 4.8.2). */
  | { readonly kind: 'header'; readonly element: Element; readonly content?: string }
  | { readonly kind: 'element'; readonly element: Element }
  /** The stream's end tag. */
  | { readonly kind: 'end' }
  /** Nothing more is read after it. */
  | { readonly kind: 'fault'; readonly fault: Fault };

/** An element whose end tag has not come. */
interface Unfinished {
  readonly tag: SaxesTagNS;
  readonly children: Node[];
}

/** Leaves the parser at once: it would go on behind an error. */
class Stop extends KithError {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super('server-refused', fault.text);
    this.fault = fault;
  }
}

/** Fed to the parser in pieces of this size, so that limits are noticed in time. */
const pieceSize = 4096;

export class Reader {
  readonly #deliver: (reading: Reading) => void;
  #limits: ReadingLimits;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #parser = new SaxesParser({ xmlns: true, position: false });
  readonly #open: Unfinished[] = [];
  /** What the current piece held, delivered when it is parsed; `at` is where it ended, in UTF-16 units of the whole stream. */
  #found: { readonly reading: Reading; readonly at: number }[] = [];
  #fed = 0;
  #stanzaBegan = 0;
  #tokenBegan = 0;
  readonly #unfinished = new UnfinishedToken();
  /** In the stanza that is being read. */
  #elements = 0;
  #halted = false;
  #afterHalt = '';

  constructor(limits: ReadingLimits, deliver: (reading: Reading) => void) {
    this.#limits = limits;
    this.#deliver = deliver;
    this.#listen();
  }

  /** Never throws: what is wrong with the bytes is delivered as a fault. */
  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += pieceSize) {
      const piece = this.#decode(bytes.subarray(from, from + pieceSize));
      if (this.#halted) this.#afterHalt += piece;
      else this.#parse(piece);
    }
  }

  /** What is still to be read may be as large as this. */
  widen(limits: ReadingLimits): void {
    this.#limits = limits;
  }

  /** Delivers nothing more. Called from within a delivery. */
  halt(): void {
    this.#halted = true;
  }

  /** True when the peer went on talking behind the element at which reading was halted. White space is no talk. */
  get spokeAfterHalt(): boolean {
    return /[^ \t\r\n]/.test(this.#afterHalt);
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes, { stream: true });
    } catch {
      if (!this.#halted) this.#fault({ condition: 'not-well-formed', text: 'The text is not UTF-8' });
      // Stands for whatever it was: it is text, and no white space.
      return '\u{FFFD}';
    }
  }

  #parse(piece: string): void {
    const began = this.#fed;
    this.#fed += piece.length;
    let fault: Fault | undefined;
    try {
      this.#parser.write(piece);
      fault = this.#excess() ?? this.#endless(piece, began);
    } catch (error) {
      fault = error instanceof Stop ? error.fault : { condition: 'not-well-formed', text: 'The text cannot be read' };
    }
    const found = this.#found;
    this.#found = [];
    for (const { reading, at } of found) {
      this.#deliver(reading);
      if (!this.#halted) continue;
      this.#afterHalt = piece.slice(at - began);
      return;
    }
    if (fault !== undefined) this.#fault(fault);
  }

  #fault(fault: Fault): void {
    this.#halted = true;
    this.#deliver({ kind: 'fault', fault });
  }

  #excess(): Fault | undefined {
    if (this.#fed - this.#tokenBegan > this.#limits.token) return tooLarge('A single text or attribute');
    if (this.#fed - this.#stanzaBegan > this.#limits.stanza) return tooLarge('A single stanza');
    return undefined;
  }

  /** What must not be there is refused when it begins: the parser would tell only when it ends, and until then nothing behind it is heard. */
  #endless(piece: string, began: number): Fault | undefined {
    const begins = this.#tokenBegan - began;
    if (begins >= 0) this.#unfinished.begin();
    const wrong = this.#unfinished.grow(piece.slice(Math.max(0, begins)));
    if (this.#open.length === 0 || wrong === undefined) return undefined;
    return wrong === 'entity'
      ? { condition: 'not-well-formed', text: 'A reference has no end' }
      : { condition: 'restricted-xml', text: 'Only elements and text are allowed here' };
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => {
      // A wrong end tag is noticed only after it closed something; that must not be taken for an element.
      const last = this.#found.at(-1);
      if (last?.at === parser.position && last.reading.kind !== 'header') this.#found.pop();
      throw new Stop({ condition: 'not-well-formed', text: shortened(error.message) });
    });
    for (const kind of ['doctype', 'comment', 'processinginstruction'] as const)
      parser.on(kind, () => {
        throw new Stop({ condition: 'restricted-xml', text: `A ${kind} is not allowed here` });
      });
    let attributes = 0;
    parser.on('opentagstart', () => {
      attributes = 0;
      this.#tokenBegan = parser.position;
      if (this.#open.length >= this.#limits.depth) throw new Stop(tooLarge('The nesting'));
    });
    parser.on('attribute', () => {
      this.#tokenBegan = parser.position;
      attributes += 1;
      if (attributes > this.#limits.attributes) throw new Stop(tooLarge('The number of attributes'));
    });
    parser.on('opentag', (tag) => this.#begin(tag));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('closetag', () => this.#finish());
  }

  #begin(tag: SaxesTagNS): void {
    this.#tokenBegan = this.#parser.position;
    if (this.#open.length === 0) {
      const content = tag.ns[''];
      this.#find({ kind: 'header', element: elementOf(tag, []), ...(content === undefined ? {} : { content }) });
      this.#stanzaBegan = this.#parser.position;
    }
    this.#elements += 1;
    if (this.#elements > this.#limits.elements) throw new Stop(tooLarge('The number of elements'));
    this.#open.push({ tag, children: [] });
  }

  #text(text: string): void {
    this.#tokenBegan = this.#parser.position;
    const parent = this.#open.at(-1);
    if (parent !== undefined && this.#open.length > 1) {
      // A text interrupted by CDATA is still one text.
      if (typeof parent.children.at(-1) === 'string') parent.children.push(`${parent.children.pop() as string}${text}`);
      else parent.children.push(text);
      return;
    }
    this.#stanzaBegan = this.#parser.position;
    if (/[^ \t\r\n]/.test(text)) throw new Stop({ condition: 'bad-format', text: 'Text between stanzas' });
  }

  #finish(): void {
    this.#tokenBegan = this.#parser.position;
    const finished = this.#open.pop();
    if (finished === undefined) return;
    if (this.#open.length === 0) {
      this.#find({ kind: 'end' });
      return;
    }
    const element = elementOf(finished.tag, finished.children);
    if (this.#open.length > 1) this.#open.at(-1)?.children.push(element);
    else {
      this.#stanzaBegan = this.#parser.position;
      this.#elements = 0;
      this.#find({ kind: 'element', element });
    }
  }

  #find(reading: Reading): void {
    this.#found.push({ reading, at: this.#parser.position });
  }
}

function elementOf(tag: SaxesTagNS, children: readonly Node[]): Element {
  const attributes: [string, string][] = [];
  for (const { name, prefix, local, uri, value } of Object.values(tag.attributes)) {
    if (prefix === 'xmlns' || name === 'xmlns') continue;
    attributes.push([prefix === '' || prefix === 'xml' ? name : `{${uri}}${local}`, value]);
  }
  return new Element(tag.local, tag.uri, Object.fromEntries(attributes), children);
}

function tooLarge(what: string): Fault {
  return { condition: 'policy-violation', text: `${what} is larger than allowed` };
}

/** The parser's words, which may quote a name of the peer's of any length. */
function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
