/** A session at the end of signing in: the old one continued, or a new one bound. */
import { KithError } from '../../../src/base/index.ts';
import type { Accounting } from './accounting.ts';
import { parseAddress } from './address.ts';
import { answerTo, bind } from './binding.ts';
import { refusal } from './conditions.ts';
import type { Outgoing, Resumption, StreamSettings } from './contract.ts';
import type { Element } from './element.ts';
import type { Inline } from './inline.ts';
import { enable, enabled, offersManagement, resume, resumed, type Resumed } from './management.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import { Pinging } from './pinging.ts';
import type { Wire } from './wire.ts';

export interface Session {
  readonly wire: Wire;
  readonly address: string;
  readonly features: Element;
  readonly accounting: Accounting;
  readonly resumed: boolean;
  readonly lost: readonly Outgoing[];
  /** Namespaces of what was switched on with it. */
  readonly enabled: readonly string[];
  /** What arrived before the session stood, and whether the accounting has begun with it. */
  readonly early: readonly Element[];
  readonly countsEarly: boolean;
}

export interface Standing {
  readonly settings: StreamSettings;
  readonly patience: Patience;
  readonly resumption: Resumption | undefined;
}

/** Asks for what the features offer, one after the other. */
export async function stand(wire: Wire, features: Element, attempt: Standing, early: Element[] = []): Promise<Session> {
  const { settings, patience, resumption } = attempt;
  let lost: readonly Outgoing[] = resumption?.unacknowledged ?? [];
  if (offersManagement(features) && resumption !== undefined) {
    const answer = await resume(wire, resumption, settings.clock, patience);
    if ('management' in answer) return continued(answer, wire, features, settings);
    lost = answer.lost;
  }
  return await standAnew(wire, features, attempt, lost, early);
}

/** Takes what a success brought with it (XEP-0386, XEP-0198 section 9), and asks for the rest. */
export async function standInline(
  wire: Wire,
  { success, inline }: { readonly success: Element; readonly inline: Inline },
  offered: Element,
  attempt: Standing,
): Promise<Session> {
  const { settings, patience, resumption } = attempt;
  const { clock } = settings;
  const answer = success.child('resumed', ns.management) ?? success.child('failed', ns.management);
  const outcome = answer && resumption && resumed(answer, wire, resumption, clock);
  // No features follow then.
  if (outcome !== undefined && 'management' in outcome) return continued(outcome, wire, offered, settings);
  const early: Element[] = [];
  const features = await answerTo(wire, (element) => element.is('features', ns.stream), early, patience);
  const refused = success.child('failed', ns.bind2);
  if (refused !== undefined) throw refusal('The server gave no session', refused);
  const bound = success.child('bound', ns.bind2);
  if (bound === undefined && outcome === undefined) return await stand(wire, features, attempt, early);
  const lost = outcome?.lost ?? resumption?.unacknowledged ?? [];
  if (bound === undefined) return await standAnew(wire, features, attempt, lost, early);
  const address = fullAddress(success.child('authorization-identifier')?.text() ?? '');
  const managing = bound.child('enabled', ns.management);
  const management = managing && enabled(managing, wire, address, clock);
  const accounting = management ?? (await account(wire, features, address, early, attempt));
  const countsEarly = management !== undefined;
  return { wire, address, features, accounting, resumed: false, lost, enabled: inline.enabled, early, countsEarly };
}

async function standAnew(
  wire: Wire,
  features: Element,
  attempt: Standing,
  lost: readonly Outgoing[],
  early: Element[],
): Promise<Session> {
  const { settings, patience } = attempt;
  const address = fullAddress(await bind(wire, features, settings.resource, early, patience));
  const accounting = await account(wire, features, address, early, attempt);
  return { wire, address, features, accounting, resumed: false, lost, enabled: [], early, countsEarly: false };
}

async function account(
  wire: Wire,
  features: Element,
  address: string,
  early: Element[],
  { settings, patience }: Standing,
): Promise<Accounting> {
  const managed = offersManagement(features);
  const management = managed ? await enable(wire, address, settings.clock, early, patience) : undefined;
  return management ?? new Pinging(wire, address);
}

function continued(
  { management }: Extract<Resumed, { readonly management: unknown }>,
  wire: Wire,
  features: Element,
  settings: StreamSettings,
): Session {
  const address = management.address === '' ? settings.address : management.address;
  return {
    wire,
    address,
    features,
    accounting: management,
    resumed: true,
    lost: [],
    enabled: [],
    early: [],
    countsEarly: false,
  };
}

function fullAddress(text: string): string {
  try {
    return parseAddress(text).full;
  } catch (cause) {
    throw new KithError('server-refused', 'The server gave an address that is none', { cause });
  }
}
