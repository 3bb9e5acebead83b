/** An address of the network, RFC 7622: local part, domain, resource. */
import { domainToASCII } from 'node:url';
import { parse } from '@xmpp/jid';
import { KithError } from '../../../src/base/index.ts';

export interface Address {
  /** Empty for a server's own address. */
  readonly local: string;
  readonly domain: string;
  /** Empty in a bare address. */
  readonly resource: string;
  /** Without the resource. */
  readonly bare: string;
  readonly full: string;
}

/** Throws 'invalid-argument' when it has no domain, or one that cannot be a name of the network. */
export function parseAddress(text: string): Address {
  try {
    const jid = parse(text);
    if (asciiDomain(jid.domain) === '') throw new KithError('invalid-argument', `'${jid.domain}' is not a domain`);
    return {
      local: jid.local,
      domain: jid.domain,
      resource: jid.resource,
      bare: jid.bare().toString(),
      full: jid.toString(),
    };
  } catch (error) {
    if (error instanceof KithError) throw error;
    throw new KithError('invalid-argument', `'${text}' is not an address`, { cause: error });
  }
}

/** As the domain name system and TLS spell it, without the root's dot. Empty when it cannot be spelled. */
export function asciiDomain(domain: string): string {
  return domainToASCII(domain).replace(/\.$/, '');
}
