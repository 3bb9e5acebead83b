/** Who may see whom on the network: asked, granted, refused, ended. Both lists change together. */
import type { ContactId } from '../../../src/domain/index.ts';
import type { Network } from './network.ts';
import type { Entry } from './resident.ts';

export interface Request {
  readonly alias?: string;
  readonly groups?: readonly string[];
  readonly message?: string;
}

export function request(
  network: Network,
  asker: ContactId,
  asked: ContactId,
  { alias, groups, message }: Request,
): void {
  const granted = network.resident(asked).entry(asker).theySeeUs === 'yes';
  network.write(asker, asked, {
    listed: true,
    weSeeThem: granted ? 'yes' : 'asked',
    ...(alias === undefined ? {} : { alias }),
    ...(groups === undefined ? {} : { groups }),
  });
  if (granted) return;
  network.write(asked, asker, { theySeeUs: 'asked', ...(message === undefined ? {} : { request: message }) });
}

export function authorise(network: Network, owner: ContactId, asker: ContactId): void {
  const entry = answered(network.resident(owner).entry(asker));
  replace(network, owner, asker, { ...entry, theySeeUs: 'yes' });
  if (network.resident(asker).entry(owner).weSeeThem === 'asked') network.write(asker, owner, { weSeeThem: 'yes' });
}

export function refuse(network: Network, owner: ContactId, asker: ContactId): void {
  const entry = answered(network.resident(owner).entry(asker));
  replace(network, owner, asker, entry.listed ? { ...entry, theySeeUs: 'no' } : undefined);
  if (network.resident(asker).entry(owner).weSeeThem !== 'no') network.write(asker, owner, { weSeeThem: 'no' });
}

/** Ends both directions. The other side keeps us in its list, if we stood there. */
export function remove(network: Network, owner: ContactId, other: ContactId): void {
  replace(network, owner, other, undefined);
  const { list } = network.resident(other);
  const theirs = list.get(owner);
  if (theirs === undefined) return;
  const entry = answered(theirs);
  replace(network, other, owner, entry.listed ? { ...entry, weSeeThem: 'no', theySeeUs: 'no' } : undefined);
}

/** A question that was answered is no longer asked. */
function answered(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'request')) as unknown as Entry;
}

function replace(network: Network, owner: ContactId, of: ContactId, entry: Entry | undefined): void {
  network.resident(owner).list.delete(of);
  network.write(owner, of, entry);
}
