/** XEP-0077: our account at its server. Making one is done before there is a session, and is not done here. */
import type { Feature } from '../session.ts';
import type { Standard } from '../standard.ts';
import { usernameOf } from '../address.ts';
import { xml } from '../stream/element.ts';

const NS_REGISTER = 'jabber:iq:register';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0077',
    name: 'In-Band Registration',
    version: '2.4',
    status: 'partial',
    note: 'change of password and removal; accounts are not made',
    test: 'test/interop/membership-at-prosody.test.ts',
  },
];

export const membership: Feature = (session) =>
  session.lend('membership', {
    changePassword: async (password) => {
      const fields = [
        xml('username', NS_REGISTER, {}, usernameOf(session.self)),
        xml('password', NS_REGISTER, {}, password),
      ];
      await session.request({ type: 'set', payload: xml('query', NS_REGISTER, {}, ...fields) });
    },
    end: async () => {
      await session.request({ type: 'set', payload: xml('query', NS_REGISTER, {}, xml('remove', NS_REGISTER)) });
    },
  });
