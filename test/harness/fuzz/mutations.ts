/** Ways in which what a server says can be wrong, each with a name. All of it follows from the random numbers it is given. */
import type { Random } from '../../../src/base/index.ts';
import { Element, xml } from '../../../protocols/xmpp/stream/element.ts';
import { ns } from '../../../protocols/xmpp/stream/namespaces.ts';
import { serialise } from '../../../protocols/xmpp/stream/serialise.ts';
import { allIn, changed, elementsIn, withChildren } from './elements.ts';
import { forbiddenMarkup, nastyAddresses, nastyWords } from './nasty.ts';

export interface Chance {
  readonly random: Random;
  /** Other words of the same traffic. */
  readonly others: readonly string[];
  /** A word nobody has said yet, which the words of `from` now bear. */
  mark(from: string): string;
}

export type Mutation = (words: string, chance: Chance) => string | Buffer;

const within = (random: Random, length: number) => Math.floor(random.next() * length);
const count = (random: Random, most: number) => 1 + within(random, most);
const drawn = <T>(random: Random, from: readonly T[]): T => from[within(random, from.length)]!;

/** A change of the tree; words that are no single element, such as the beginning of a stream, are left to themselves. */
const tree =
  (change: (whole: Element, one: Element, chance: Chance) => Element): Mutation =>
  (words, chance) => {
    const [whole] = elementsIn(words);
    if (whole === undefined) return cutOut(words, chance);
    return serialise(change(whole, drawn(chance.random, allIn(whole)), chance));
  };

const flipBits: Mutation = (words, { random }) => {
  const bytes = Buffer.from(words);
  for (let flip = count(random, 4); flip > 0; flip -= 1) {
    const at = within(random, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << within(random, 8));
  }
  return bytes;
};

const cutOut: Mutation = (words, { random }) => {
  const bytes = Buffer.from(words);
  const from = within(random, bytes.length);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + count(random, 12))]);
};

const doubled: Mutation = (words, { random }) => {
  const bytes = Buffer.from(words);
  const from = within(random, bytes.length);
  const to = from + count(random, 40);
  return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
};

const cutShort: Mutation = (words, { random }) => {
  const bytes = Buffer.from(words);
  return bytes.subarray(0, within(random, bytes.length));
};

const spliced: Mutation = (words, { random, others }) => {
  const other = drawn(random, others);
  return words.slice(0, within(random, words.length)) + other.slice(within(random, other.length));
};

const strangeBytes: Mutation = (words, { random }) => {
  const bytes = Buffer.from(words);
  const at = within(random, bytes.length);
  const strange = Buffer.from(
    drawn(random, ['00', 'ff', 'fffe', 'efbbbf', 'eda080', 'c080', 'f4908080', '0b', 'e280ae', 'f09f98', 'e2808d']),
    'hex',
  );
  return Buffer.concat([bytes.subarray(0, at), strange, bytes.subarray(at)]);
};

const forbidden: Mutation = (words, { random }) => {
  const at = within(random, words.length);
  return words.slice(0, at) + drawn(random, forbiddenMarkup) + words.slice(at);
};

const saidAgain: Mutation = (words, { random }) => words.repeat(1 + count(random, 5));

const attributeGone = tree((whole, one, { random }) => {
  const name = random.pick(Object.keys(one.attributes));
  return name === undefined ? whole : changed(whole, one, () => [one.with({ [name]: undefined })]);
});

const attributeWrong = tree((whole, one, { random }) => {
  const name = random.pick(Object.keys(one.attributes)) ?? drawn(random, ['id', 'type', 'from', 'to', 'jid', 'code']);
  const address = ['from', 'to', 'jid', 'by'].includes(name) && random.chance(0.8);
  const value = drawn(random, address ? nastyAddresses : nastyWords);
  return changed(whole, one, () => [one.with({ [name]: value })]);
});

const attributesMany = tree((whole, one, { random }) => {
  const many = Array.from({ length: count(random, 200) }, (_, nth) => [`a${nth}`, `${nth}`]);
  return changed(whole, one, () => [one.with(Object.fromEntries(many))]);
});

const elementGone = tree((whole, one) => changed(whole, one, () => (one === whole ? [withChildren(one, [])] : [])));

const elementMany = tree((whole, one, { random }) => {
  const times = random.chance(0.1) ? 1000 : count(random, 5);
  const many = Array.from({ length: times + 1 }, () => one);
  return one === whole ? withChildren(whole, [...whole.children, one]) : changed(whole, one, () => many);
});

const elementRenamed = tree((whole, one, { random }) => {
  const names = ['x', 'item', 'message', 'presence', 'iq', 'body', 'query', 'error', 'constructor', 'Body'];
  const renamed = new Element(drawn(random, names), one.xmlns, one.attributes, one.children);
  return changed(whole, one, () => [renamed]);
});

const otherNamespace = tree((whole, one, { random }) => {
  const used = allIn(whole).map(({ xmlns }) => xmlns);
  const xmlns = drawn(random, [...used, ns.stanzas, ns.stream, 'jabber:server', 'urn:nobody:knows']);
  return changed(whole, one, () => [new Element(one.name, xmlns, one.attributes, one.children)]);
});

const turnedInsideOut = tree((whole, one) =>
  changed(whole, one, () => {
    const [first, ...rest] = one.children;
    return first instanceof Element ? [withChildren(first, [...first.children, withChildren(one, rest)])] : [one];
  }),
);

const otherText = tree((whole, one, { random }) =>
  changed(whole, one, () => [withChildren(one, [drawn(random, random.chance(0.3) ? nastyAddresses : nastyWords)])]),
);

const deep = tree((whole, one, { random }) => {
  let nested = one;
  for (let depth = count(random, 90); depth > 0; depth -= 1) nested = withChildren(one, [nested]);
  return changed(whole, one, () => [nested]);
});

const grown = tree((whole, one, { random }) => {
  const much = drawn(random, ['x', '€', '&']).repeat(1 << (12 + within(random, 9)));
  return random.chance(0.5)
    ? changed(whole, one, () => [one.with({ id: much })])
    : changed(whole, one, () => [withChildren(one, [...one.children, much])]);
});

const otherKind = tree((whole, _one, { random }) => {
  const types = [
    'error',
    'result',
    'set',
    'get',
    'groupchat',
    'chat',
    'headline',
    'subscribe',
    'unavailable',
    'subscribed',
  ];
  const names = random.chance(0.3) ? ['message', 'presence', 'iq'] : [whole.name];
  const { attributes } = whole.with({ type: drawn(random, types) });
  return new Element(drawn(random, names), whole.xmlns, attributes, whole.children);
});

/** Whatever a person might be shown of it is another word, which only the new sender has ever said. */
function marked(element: Element, mark: string): Element {
  const telling = ['body', 'subject', 'nick', 'status', 'FN', 'text', 'name', 'reason', 'group'];
  const shown = (name: string, old: string) => (['name', 'nick', 'reason'].includes(name) ? mark : old);
  const attributes = Object.entries(element.attributes).map(([name, value]) => [name, shown(name, value)]);
  const children = element.children.map((child) => (typeof child === 'string' ? child : marked(child, mark)));
  const inside = telling.includes(element.name) ? [mark] : children;
  return new Element(element.name, element.xmlns, Object.fromEntries(attributes) as Record<string, string>, inside);
}

const strangers = ['cleo@kith.test/desk', 'mallory@elsewhere.example/x', 'elsewhere.example', 'cleo@kith.test'];

const fromAnother = tree((whole, _one, { random, mark }) => {
  const from = drawn(random, strangers);
  return marked(whole, mark(from)).with({ from });
});

const inAnEnvelope = tree((whole, _one, { random, mark }) => {
  const from = drawn(random, strangers);
  const inside = marked(whole, mark(from));
  const delay = xml('delay', 'urn:xmpp:delay', { stamp: '2026-01-01T00:00:00Z' });
  const forwarded = xml('forwarded', 'urn:xmpp:forward:0', {}, delay, inside);
  const envelope = drawn(random, [
    xml('received', 'urn:xmpp:carbons:2', {}, forwarded),
    xml('sent', 'urn:xmpp:carbons:2', {}, forwarded),
    xml('result', 'urn:xmpp:mam:2', { id: '1', queryid: '1' }, forwarded),
    forwarded,
  ]);
  return xml('message', ns.stanzas, { from, to: 'amy@kith.test/desk' }, envelope);
});

/** Changed letters, after which there is seldom a stream left. */
export const mutationsOfStreams: Readonly<Record<string, Mutation>> = {
  'bits flipped': flipBits,
  'bytes cut out': cutOut,
  'bytes doubled': doubled,
  'cut short': cutShort,
  'two spliced': spliced,
  'strange bytes': strangeBytes,
  'forbidden markup': forbidden,
};

/** Changed meanings, which a stream mostly survives. */
export const mutationsOfStanzas: Readonly<Record<string, Mutation>> = {
  'said again and again': saidAgain,
  'an attribute gone': attributeGone,
  'an attribute wrong': attributeWrong,
  'attributes without number': attributesMany,
  'an element gone': elementGone,
  'an element many times': elementMany,
  'an element renamed': elementRenamed,
  'another namespace': otherNamespace,
  'turned inside out': turnedInsideOut,
  'another text': otherText,
  'deep nesting': deep,
  grown,
  'another kind of stanza': otherKind,
  'from somebody else': fromAnother,
  'in somebody’s envelope': inAnEnvelope,
};

export const mutations: Readonly<Record<string, Mutation>> = { ...mutationsOfStreams, ...mutationsOfStanzas };
