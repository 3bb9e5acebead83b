/** From nothing to a session: reach, encrypt, prove, then continue the old session or bind a new one. */
import type { SecureVersion } from 'node:tls';
import { asKithError, KithError, type Log } from '../../../src/base/index.ts';
import type { CertificateFacts } from '../../../src/domain/index.ts';
import { parseAddress, type Address } from './address.ts';
import { askingOnce } from './asking-once.ts';
import { BindingRefused } from './authentication.ts';
import { dial, type StreamParts } from './dialling.ts';
import { type Element, xml } from './element.ts';
import { encrypt } from './encryption.ts';
import { ns } from './namespaces.ts';
import type { Patience } from './patience.ts';
import { dialThrough } from './proxy.ts';
import { NoAddress } from './race.ts';
import { type Ground, signIn } from './sign-in.ts';
import type { Session, Standing } from './standing.ts';
import { domainItself, findTargets, fixedTarget, resumptionTarget, type Target } from './targets.ts';
import { Wire } from './wire.ts';

export interface Negotiating extends Standing {
  readonly parts: StreamParts;
  readonly log: Log;
  /** The newest version of TLS to offer; undefined for the newest there is. */
  readonly newest?: SecureVersion;
}

/** Rejects with KithError; nothing is left open then. */
export async function negotiate(attempt: Negotiating): Promise<Session> {
  const settings = askingOnce(attempt.settings);
  const address = parseAddress(settings.address);
  if (address.local === '') throw new KithError('invalid-argument', `'${settings.address}' names nobody`);
  try {
    return await negotiateOnce(address, { ...attempt, settings });
  } catch (error) {
    if (!(error instanceof BindingRefused)) throw error;
    attempt.log.debug('the server knows no binding of TLS 1.3; once more with TLS 1.2');
    // Bound by the older TLS is safer than not bound by the newer one.
    return await negotiateOnce(address, { ...attempt, settings, newest: 'TLSv1.2' }).catch((again: unknown) => {
      throw asKithError(again).code === 'not-encrypted' ? error : again;
    });
  }
}

async function negotiateOnce(address: Address, attempt: Negotiating): Promise<Session> {
  const { patience } = attempt;
  const { wire, ...reached } = await reach(address, attempt);
  try {
    const session = await signIn(wire, reached, attempt);
    patience.check();
    return session;
  } catch (error) {
    wire.destroy(asKithError(error));
    throw error;
  }
}

interface Reached extends Ground {
  readonly wire: Wire;
}

/** After these the next place may do better. */
const another: readonly string[] = ['unreachable', 'network', 'server-silent', 'not-encrypted'];

/** One place after another until one stands, under encryption unless the person did not insist. A certificate that is not accepted ends the search: the person has spoken. */
async function reach(address: Address, attempt: Negotiating): Promise<Reached> {
  let failure: unknown;
  let machineFound = false;
  for (const target of await targets(address.domain, attempt)) {
    if (target.lastResort === true && machineFound) break;
    const wire = new Wire(attempt.settings.clock, attempt.log);
    try {
      return { wire, ...(await reachOne(wire, target, address, attempt)) };
    } catch (error) {
      failure = error;
      machineFound ||= !(error instanceof NoAddress);
      wire.destroy(asKithError(error));
      if (!(error instanceof KithError) || !another.includes(error.code)) break;
      attempt.log.debug('a server could not be used', { host: target.host, port: target.port, code: error.code });
    }
  }
  throw failure;
}

async function reachOne(wire: Wire, target: Target, address: Address, attempt: Negotiating): Promise<Ground> {
  const { settings, parts, patience } = attempt;
  const trust = (facts: CertificateFacts) => settings.trust(facts);
  const to = { domain: address.domain, target, ca: settings.ca, newest: attempt.newest, trust };
  const dialling = { parts, patience, clock: settings.clock };
  let plain = await (settings.proxy ? dialThrough(settings.proxy, target, dialling) : dial(target, dialling));
  if (!target.directTls) {
    wire.over(plain);
    const greeting = await greeted(wire, address, patience);
    if (greeting.child('starttls', ns.tls) === undefined) {
      if (settings.plainText !== true) throw new KithError('not-encrypted', 'The server offers no encryption');
      return { protection: 'none', greeting };
    }
    await startTls(wire, patience);
    plain = wire.release();
  }
  const { socket, protection } = await encrypt(plain, to, patience);
  wire.over(socket);
  return { protection };
}

async function targets(
  domain: string,
  { settings, parts, patience, resumption }: Negotiating,
): Promise<readonly Target[]> {
  const fixed = fixedTarget(settings);
  if (fixed !== undefined) return [fixed];
  const usual = settings.proxy === undefined ? await lookUp(domain, parts, patience) : [domainItself(domain)];
  const preferred = resumption?.location === undefined ? undefined : resumptionTarget(resumption.location);
  return preferred === undefined ? usual : [preferred, ...usual];
}

async function lookUp(domain: string, parts: StreamParts, patience: Patience): Promise<readonly Target[]> {
  const lookup = parts.lookup();
  try {
    const found = findTargets(domain, (name) => lookup.services(name), parts.random);
    return await patience.step(found, 'Looking up the server');
  } finally {
    lookup.cancel();
  }
}

/** In plain text the header does not say who we are. */
async function greeted(wire: Wire, { domain }: Address, patience: Patience): Promise<Element> {
  return await patience.step(wire.begin({ to: domain }), 'The greeting of the server');
}

async function startTls(wire: Wire, patience: Patience): Promise<void> {
  wire.write(xml('starttls', ns.tls));
  const answer = await patience.step(wire.next(), 'The beginning of encryption');
  if (!answer.is('proceed', ns.tls)) throw new KithError('not-encrypted', 'The server refuses encryption');
}
