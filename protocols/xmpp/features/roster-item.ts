/** One item of the contact list as the server writes it (RFC 6121 section 2.1.2). */
import type { Contact, ContactId } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import type { Element } from '../stream/element.ts';

export interface RosterItem {
  readonly id: ContactId;
  readonly subscription: 'none' | 'to' | 'from' | 'both' | 'remove';
  readonly contact: Pick<Contact, 'alias' | 'groups' | 'weSeeThem' | 'theySeeUs' | 'listed'>;
}

/** Undefined when it bears no possible address. An unknown subscription counts as none. */
export function readItem(item: Element): RosterItem | undefined {
  const id = bareAddress(item.attribute('jid'));
  if (id === undefined) return undefined;
  const said = item.attribute('subscription');
  const subscription = said === 'to' || said === 'from' || said === 'both' || said === 'remove' ? said : 'none';
  const seen = subscription === 'to' || subscription === 'both';
  const asked = item.attribute('ask') === 'subscribe';
  const groups = item.childrenNamed('group').map((group) => group.text());
  return {
    id,
    subscription,
    contact: {
      alias: item.attribute('name') ?? '',
      groups: [...new Set(groups.filter((group) => group !== ''))],
      weSeeThem: seen ? 'yes' : asked ? 'asked' : 'no',
      theySeeUs: subscription === 'from' || subscription === 'both' ? 'yes' : 'no',
      listed: true,
    },
  };
}
