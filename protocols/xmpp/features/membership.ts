/** XEP-0077: our account at its server. Making one is done before there is a session, in `registration`. */
import type { Feature } from '../session.ts';
import { usernameOf } from '../address.ts';
import { NS_REGISTER } from '../registration/form.ts';
import { xml } from '../stream/element.ts';

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
