/** The captured traffic, taken apart: the words of a login, what was answered to what, and what was told without being asked. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Random } from '../../../src/base/index.ts';
import type { Element } from '../../../protocols/xmpp/stream/element.ts';
import { ns } from '../../../protocols/xmpp/stream/namespaces.ts';
import { elementsIn } from './elements.ts';
import { read, type Said } from './traffic.ts';

/** From the root of the tree, where tests and bundled programs run. */
export const trafficFolder = resolve('test/harness/fuzz/traffic');

/** A message of ours as it was sent then. */
export interface Sent {
  readonly id: string;
  readonly to: string;
  readonly body: string;
}

interface Exchange {
  readonly asked: Element;
  readonly answers: readonly string[];
}

export class Recording {
  readonly header: string;
  readonly featuresBefore: string;
  readonly featuresAfter: string;
  readonly challenge: string;
  readonly success: string;
  readonly enabled: string;
  readonly failed = `<failed xmlns='${ns.management}'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`;
  /** Everything that was told, in order. */
  readonly events: readonly string[];
  /** What is told to whoever goes into the room, up to its topic (XEP-0045 section 7.1). */
  readonly entering: readonly string[];
  readonly sent: readonly Sent[];
  readonly #exchanges: readonly Exchange[];
  readonly #random: Random;

  constructor(profile: 'sasl1' | 'sasl2', random: Random) {
    this.#random = random;
    const connections = [1, 2, 3].map((nth) =>
      read(readFileSync(join(trafficFolder, `${profile}-${nth}.txt`), 'utf8')),
    );
    const [first = []] = connections;
    const heard = first.filter(({ by }) => by === 'server').map(({ text }) => text);
    const find = (begins: string, last = false) =>
      (last ? heard.findLast((text) => text.includes(begins)) : heard.find((text) => text.includes(begins))) ?? '';
    this.header = find('<stream:stream ');
    this.featuresBefore = find('<stream:features>');
    this.featuresAfter = find('<stream:features>', true);
    this.challenge = find('<challenge ');
    this.success = find('<success ');
    this.enabled = heard.find((text) => text.startsWith('<enabled ')) ?? '';
    const parts = connections.map(takenApart);
    this.events = parts.flatMap(({ events }) => events);
    const ofRooms = this.events.filter((words) => words.includes("from='kitchen@rooms.kith.test"));
    this.entering = ofRooms.slice(0, ofRooms.findIndex((words) => words.includes('<subject')) + 1);
    this.#exchanges = parts.flatMap(({ exchanges }) => exchanges);
    this.sent = parts.flatMap(({ sent }) => sent);
  }

  /** Whether a lost session can be continued. */
  remembers(): boolean {
    return this.#random.chance(0.8);
  }

  /** What was answered when the like was asked; one of several. */
  answers(asked: Element): readonly string[] {
    const alike = this.#exchanges.filter((one) => questionOf(one.asked) === questionOf(asked));
    const found = this.#random.pick(alike);
    const id = asked.attribute('id') ?? '';
    if (found === undefined)
      return [
        `<iq type='error' id='${id}' from='${asked.attribute('to') ?? 'amy@kith.test'}'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
      ];
    const names = [...idsOf(found.asked)].map((old, nth) => [old, idsOf(asked)[nth] ?? old] as const);
    return found.answers.map((words) => names.reduce((text, [old, now]) => text.replaceAll(old, now), words));
  }
}

/** What makes two questions alike: what is asked, of whom. */
function questionOf(iq: Element): string {
  const payload = iq.elements()[0];
  const inside = payload?.elements()[0];
  const node = payload?.attribute('node') ?? inside?.attribute('node') ?? '';
  const to = iq.attribute('to') ?? '';
  return [iq.attribute('type'), payload?.name, payload?.xmlns, node, inside?.name, to].join(' ');
}

/** What the answer repeats of the question. */
function idsOf(iq: Element): string[] {
  return [iq.attribute('id'), iq.elements()[0]?.attribute('queryid')].filter((one) => one !== undefined);
}

function takenApart(said: readonly Said[]): { events: string[]; exchanges: Exchange[]; sent: Sent[] } {
  const asked: Element[] = [];
  const sent: Sent[] = [];
  for (const { by, text } of said) {
    const [element] = by === 'client' ? elementsIn(text) : [];
    if (element?.name === 'iq' && ['get', 'set'].includes(element.attribute('type') ?? '')) asked.push(element);
    const body = element?.name === 'message' ? element.child('body')?.text() : undefined;
    if (body !== undefined) sent.push({ id: element?.attribute('id') ?? '', to: element?.attribute('to') ?? '', body });
  }
  const stanzas = said.filter(({ by, text }) => by === 'server' && /^<(message|presence|iq)\b/.test(text));
  const belongs = (text: string) => asked.find((one) => idsOf(one).some((id) => text.includes(id)));
  return {
    events: stanzas.filter(({ text }) => belongs(text) === undefined).map(({ text }) => text),
    exchanges: asked.map((one) => ({
      asked: one,
      answers: stanzas.filter(({ text }) => belongs(text) === one).map(({ text }) => text),
    })),
    sent,
  };
}
