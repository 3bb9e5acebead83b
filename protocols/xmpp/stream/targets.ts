/** Where a domain's server may be found: SRV records of both services in one order (RFC 2782, XEP-0368), or the domain itself. */
import { isIP } from 'node:net';
import { KithError } from '../../../src/base/index.ts';
import type { StreamSettings } from './contract.ts';
import { asciiDomain } from './address.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly directTls: boolean;
  /** Only when no other target leads to a machine. */
  readonly lastResort?: true;
}

export interface ServiceRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** A zone with more is a mistake or an attack; nobody waits for so many. */
const mostTargets = 8;
const usualPort = 5222;
const usualDirectPort = 5223;

/** What the settings name; undefined when it is to be looked up. */
export function fixedTarget(settings: StreamSettings): Target | undefined {
  if (settings.host === undefined || settings.host === '') return undefined;
  const directTls = settings.directTls === true;
  return { host: settings.host, port: settings.port ?? (directTls ? usualDirectPort : usualPort), directTls };
}

/** Where the server wants a session to be continued, as 'host', 'host:port' or '[v6]:port' (XEP-0198 section 5). */
export function resumptionTarget(location: string): Target | undefined {
  const found = /^(?:\[(?<v6>[0-9a-fA-F:.]+)\]|(?<name>[^:\s]+))(?::(?<port>\d{1,5}))?$/.exec(location)?.groups;
  const host = found?.['v6'] ?? found?.['name'];
  const port = Number(found?.['port'] ?? usualPort);
  if (host === undefined || port === 0 || port > 65_535) return undefined;
  return { host, port, directTls: false };
}

/** Where there is nothing else to go by. */
export function domainItself(domain: string): Target {
  return { host: asciiDomain(domain).replace(/^\[|\]$/g, ''), port: usualPort, directTls: false };
}

/**
 * Never empty. `random` gives numbers from 0 to below 1. Rejects 'network' when the domain says that it has no such service.
 * Records whose machines cannot be reached are no reason to guess (RFC 6120 section 3.2.1); those that lead to no machine at
 * all are as good as none, and the domain itself comes behind them.
 */
export async function findTargets(
  domain: string,
  services: (name: string) => Promise<readonly ServiceRecord[]>,
  random: () => number,
): Promise<readonly Target[]> {
  const ascii = asciiDomain(domain);
  const itself = domainItself(domain);
  // RFC 6761: localhost is never a matter of the name servers.
  if (isIP(itself.host) !== 0 || ascii === 'localhost' || ascii.endsWith('.localhost')) return [itself];
  const [plain, direct] = await Promise.all([
    services(`_xmpp-client._tcp.${ascii}`).catch(() => []),
    services(`_xmpps-client._tcp.${ascii}`).catch(() => []),
  ]);
  if (plain.length + direct.length === 0) return [itself];
  const offered = [
    ...plain.map((record) => ({ ...record, directTls: false })),
    ...direct.map((record) => ({ ...record, directTls: true })),
  ].filter((record) => !isNone(record) && record.port > 0);
  if (offered.length === 0) throw new KithError('network', `${domain} says that it has no XMPP service`);
  const targets = inOrder(offered, random)
    .slice(0, mostTargets)
    .map(({ name, port, directTls }): Target => ({ host: name, port, directTls }));
  return plain.some(isNone) ? targets : [...targets, { ...itself, lastResort: true }];
}

/** RFC 2782: the root in place of a machine says that there is none. */
function isNone({ name }: ServiceRecord): boolean {
  return name === '' || name === '.';
}

/** By priority; among equals drawn by weight, so that a zone can spread its load. */
function inOrder<R extends ServiceRecord>(records: readonly R[], random: () => number): R[] {
  const ordered: R[] = [];
  const rest = records.toSorted((a, b) => a.priority - b.priority);
  while (rest.length > 0) {
    const equals = rest.filter(({ priority }) => priority === rest[0]?.priority);
    const total = equals.reduce((sum, record) => sum + chance(record), 0);
    let drawn = random() * total;
    const chosen = equals.find((record) => (drawn -= chance(record)) < 0) ?? equals[equals.length - 1];
    if (chosen === undefined) break;
    ordered.push(chosen);
    rest.splice(rest.indexOf(chosen), 1);
  }
  return ordered;
}

/** RFC 2782: a weight of 0 has a very small chance, not none. */
function chance({ weight }: ServiceRecord): number {
  return Math.max(weight, 0.1);
}
