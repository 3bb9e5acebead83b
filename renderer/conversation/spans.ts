/** The spans of Message Styling (XEP-0393 section 5.2) in plain text. What comes out is text with its marks; nothing is ever built as markup. */
import { textParts } from './links.ts';

const kinds = { '*': 'strong', _: 'emphasis', '~': 'strike', '`': 'code' } as const;
export type Mark = keyof typeof kinds;

export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: (typeof kinds)[Mark]; readonly mark: Mark; readonly inside: readonly Span[] };

const marks = Object.keys(kinds) as readonly Mark[];

/** No span goes over the end of a line, and none begins or ends in an address. */
export function spansOf(text: string): readonly Span[] {
  if (!/[*_~`]/u.test(text)) return [{ kind: 'text', text }];
  const spans: Span[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) add(spans, '\n');
    for (const span of new Line(line).spans())
      if (span.kind === 'text') add(spans, span.text);
      else spans.push(span);
  }
  return spans;
}

/** Text beside text is one. */
function add(spans: Span[], text: string): void {
  if (text === '') return;
  const last = spans.at(-1);
  if (last?.kind === 'text') spans[spans.length - 1] = { kind: 'text', text: last.text + text };
  else spans.push({ kind: 'text', text });
}

class Line {
  readonly #text: string;
  /** For each mark, where the first that may end a span stands at or behind a place: looked up, so that a line of nothing but marks costs no more than any other. */
  readonly #ends: ReadonlyMap<Mark, Int32Array>;
  readonly #inAddress: Uint8Array;

  constructor(text: string) {
    this.#text = text;
    this.#inAddress = addressesIn(text);
    this.#ends = new Map(marks.filter((mark) => text.includes(mark)).map((mark) => [mark, this.#endsOf(mark)]));
  }

  spans(from = 0, end = this.#text.length): Span[] {
    const spans: Span[] = [];
    let plain = from;
    for (let place = from; place < end; place += 1) {
      const mark = this.#text[place] as Mark;
      const ends = this.#ends.get(mark);
      if (ends === undefined || !this.#mayBegin(place, from)) continue;
      const close = ends[place + 1]!;
      if (close < 0 || close >= end) continue;
      add(spans, this.#text.slice(plain, place));
      const text = this.#text.slice(place + 1, close);
      const inside: readonly Span[] = mark === '`' ? [{ kind: 'text', text }] : this.spans(place + 1, close);
      spans.push({ kind: kinds[mark], mark, inside });
      place = close;
      plain = close + 1;
    }
    add(spans, this.#text.slice(plain, end));
    return spans;
  }

  /** At the beginning, behind a blank, or behind another mark that begins a span; with something to style behind it. */
  #mayBegin(place: number, from: number): boolean {
    if (this.#inAddress[place] === 1) return false;
    const next = this.#text[place + 1];
    if (next === undefined || next === this.#text[place] || /\s/u.test(next)) return false;
    return place === from || /\s/u.test(this.#text[place - 1]!);
  }

  #endsOf(mark: Mark): Int32Array {
    const text = this.#text;
    const ends = new Int32Array(text.length + 1).fill(-1);
    for (let place = text.length - 1; place > 0; place -= 1) {
      const closes = text[place] === mark && this.#inAddress[place] === 0 && !/\s/u.test(text[place - 1]!);
      ends[place] = closes ? place : ends[place + 1]!;
    }
    return ends;
  }
}

function addressesIn(text: string): Uint8Array {
  const inside = new Uint8Array(text.length);
  let place = 0;
  for (const part of textParts(text)) {
    if (part.kind === 'link') inside.fill(1, place, place + part.text.length);
    place += part.text.length;
  }
  return inside;
}
