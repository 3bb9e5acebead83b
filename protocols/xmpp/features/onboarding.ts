/** XEP-0401: our server is asked for a link that brings a friend along, by a command of its own (XEP-0050). */
import { KithError } from '../../../src/base/index.ts';
import type { FriendInvitation } from '../../../src/contracts/index.ts';
import { domainOf } from '../address.ts';
import { makesAccounts, plainInvitation } from '../invitation.ts';
import type { Feature, Session } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';
import { NS_DATA } from './data-forms.ts';

const NS_COMMANDS = 'http://jabber.org/protocol/commands';
const NS_DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';
const command = 'urn:xmpp:invite#invite';
const longestLink = 2_048;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0401',
    name: 'Ad-hoc Account Invitation Generation',
    version: '0.5.0',
    status: 'partial',
    note: 'invitations by a person; those without one, which only administrators may make, are not asked for',
    test: 'test/interop/a-friend-is-brought.test.ts',
  },
  {
    id: 'XEP-0050',
    name: 'Ad-Hoc Commands',
    version: '1.3.0',
    status: 'partial',
    note: 'the one command that makes an invitation',
    test: 'test/interop/a-friend-is-brought.test.ts',
  },
];

export const onboarding: Feature = (session) =>
  session.lend('onboarding', {
    invite: async () => {
      if (!(await offers(session))) return { link: plainInvitation(session.self), proven: false, makesAccounts: false };
      const answer = await session.request({
        type: 'set',
        to: domainOf(session.self),
        payload: xml('command', NS_COMMANDS, { node: command, action: 'execute' }),
      });
      return invitationIn(answer);
    },
  });

async function offers(session: Session): Promise<boolean> {
  const payload = xml('query', NS_DISCO_ITEMS, { node: NS_COMMANDS });
  const answer = await session
    .request({ type: 'get', to: domainOf(session.self), payload })
    .catch((error: KithError) => {
      // A server that knows no commands says so by an error; one that is not there any more says nothing of them.
      if (error.code === 'network' || error.code === 'timeout') throw error;
      return undefined;
    });
  const items = answer?.child('query', NS_DISCO_ITEMS)?.childrenNamed('item') ?? [];
  return items.some((item) => item.attribute('node') === command);
}

function invitationIn(answer: Element): FriendInvitation {
  const fields = answer.child('command', NS_COMMANDS)?.child('x', NS_DATA)?.childrenNamed('field') ?? [];
  const value = (name: string): string =>
    fields
      .find((field) => field.attribute('var') === name)
      ?.child('value')
      ?.text()
      .trim() ?? '';
  const [link, page] = [value('uri'), value('landing-url')];
  // It is shown and copied: nothing but a link.
  if (!/^xmpp:[\x21-\x7e]+$/i.test(link) || link.length > longestLink)
    throw new KithError('server-refused', 'The server gave no invitation');
  const shown = /^https:\/\/[\x21-\x7e]+$/i.test(page) && page.length <= longestLink;
  return { link, ...(shown ? { page } : {}), proven: true, makesAccounts: makesAccounts(link) };
}
