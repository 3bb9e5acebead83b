/** Each stanza under fixtures/ beside what it means: read, it becomes these facts; wished, it is written. `*` stands for anything. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../test/harness/parse-xml.ts';
import { XmppRig } from '../../test/harness/xmpp-rig.ts';
import type { FacetCall } from '../../src/contracts/index.ts';
import { type ContactAbility, type ContactId, newContact } from '../../src/domain/index.ts';
import type { ConnectionEvent } from '../../src/domain/index.ts';
import { Element } from './stream/element.ts';

interface Meaning {
  readonly about: string;
  /** The facts it causes when it comes in. */
  readonly hears: readonly ConnectionEvent[];
  /** The wish that makes us write the same to them. */
  readonly wants?: FacetCall;
  /** The fixture beside it that we answer with. */
  readonly answer?: string;
}

const folder = fileURLToPath(new URL('fixtures', import.meta.url));
const pairs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .toSorted();
const meaning = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Meaning;
const stanza = (name: string) => readFileSync(join(folder, `${name}.xml`), 'utf8');

/** Amy may see us, and her program can do what ours can. */
const abilities: readonly ContactAbility[] = ['text', 'receipts', 'chat-states'];
const amy = newContact('amy@home.example' as ContactId, {
  alias: 'Aunt Amy',
  listed: true,
  weSeeThem: 'yes',
  theySeeUs: 'yes',
  abilities,
});

async function online(): Promise<XmppRig> {
  const rig = new XmppRig({ remembered: [amy] });
  await rig.online();
  rig.written();
  rig.said('status-changed');
  return rig;
}

/** As the other end would say it: to whom we write is from whom it came. */
function mirrored(written: Element): Element {
  return written.with({ from: written.attribute('to'), to: undefined });
}

/** What is unlike the pattern stays as it is, so that a difference shows; what matches anything becomes `*`. */
function like(actual: unknown, pattern: unknown): unknown {
  if (pattern === '*') return actual === undefined ? undefined : '*';
  if (actual instanceof Element && pattern instanceof Element) {
    const attributes = like(actual.attributes, pattern.attributes) as Record<string, string>;
    const children = like(actual.children, pattern.children) as Element[];
    return new Element(actual.name, actual.xmlns, attributes, children);
  }
  if (Array.isArray(actual) && Array.isArray(pattern)) return actual.map((one, index) => like(one, pattern[index]));
  if (typeof actual !== 'object' || typeof pattern !== 'object' || actual === null || pattern === null) return actual;
  const entries = Object.entries(actual).map(([key, value]) => [key, like(value, Reflect.get(pattern, key))]);
  return Object.fromEntries(entries) as unknown;
}

describe.each(pairs)('%s', (name) => {
  const { about, hears, answer } = meaning(name);

  it(`means: ${about}`, async () => {
    const rig = await online();
    const before = rig.seat.heard.events.length;
    await rig.says(stanza(name));
    const said = rig.seat.heard.events.slice(before);
    expect(like(said, hears)).toEqual(hears);
    const expected = answer === undefined ? [] : [parseXml(stanza(join(name, '..', answer)))];
    // Not the bare confirmation that every request gets.
    const written = rig.written().filter(({ name: kind, attributes }) => kind !== 'iq' || attributes['id'] !== '*');
    expect(like(written.map(mirrored), expected)).toEqual(expected);
  });
});

describe.each(pairs.filter((name) => meaning(name).wants !== undefined))('%s', (name) => {
  const { facet, verb, args } = meaning(name).wants as FacetCall;

  it(`is what ${facet}.${verb} writes`, async () => {
    const rig = await online();
    const verbs = rig.connection.facets[facet] as unknown as Record<string, (...given: readonly unknown[]) => unknown>;
    const wished = Promise.resolve(verbs[verb]?.(...args));
    await rig.settle();
    const expected = parseXml(stanza(name));
    expect(like(rig.written().map(mirrored), [expected])).toEqual([expected]);
    // Some wishes wait for an answer, which no test here gives.
    await Promise.allSettled([wished, rig.connection.disconnect()]);
  });
});
