/** The proxy of an account, as its settings name it. */
import { KithError } from '../../src/base/index.ts';
import type { Seat } from '../../src/contracts/index.ts';
import type { Aborting } from '../../src/domain/index.ts';
import { number, text } from './parameters.ts';
import type { Proxy } from './stream/proxy.ts';

const usualPort = { socks5: 1080, http: 8080 };

/**
 * Undefined when none is set. Half a proxy throws 'invalid-argument': whoever set it does not want to be connected without one.
 * `signal` withdraws the question for its password.
 */
export function proxyOf({ parameters, ask }: Pick<Seat, 'parameters' | 'ask'>, signal: Aborting): Proxy | undefined {
  const kind = text(parameters['proxy']);
  const host = text(parameters['proxyHost']);
  if (kind === undefined && host === undefined) return undefined;
  if (kind !== 'socks5' && kind !== 'http')
    throw new KithError('invalid-argument', 'proxyHost is set; proxy has to say of which kind it is: socks5 or http');
  if (host === undefined)
    throw new KithError('invalid-argument', 'proxy is set; proxyHost has to say on which machine');
  const name = text(parameters['proxyUser']);
  return {
    kind,
    host,
    port: number(parameters['proxyPort']) ?? usualPort[kind],
    ...(name === undefined ? {} : { name }),
    password: (why) => ask('secret', { name: 'proxyPassword', why }, signal),
  };
}
