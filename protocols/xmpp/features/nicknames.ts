/** XEP-0172: what people call themselves. What we call them stays ours and goes before. */
import { DisposableStack } from '../../../src/base/index.ts';
import { oneLine } from '../../../src/domain/index.ts';
import type { Feature } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';
import { changeProfile, ownProfile } from './own-profile.ts';
import { publish, watch } from './personal-events.ts';

const NS_NICK = 'http://jabber.org/protocol/nick';
const longest = 100;

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0172',
    name: 'User Nickname',
    version: '1.1',
    status: 'complete',
    test: 'test/interop/pictures-and-names.test.ts',
    namespaces: [NS_NICK],
  },
];

export const nicknames: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(
    watch(session, NS_NICK, ({ from, payload }) => {
      const nickname = readNickname(payload);
      if (from === session.self) changeProfile(session, { nickname });
      else session.contacts.change(from, { nickname });
    }),
  );
  undo.use(
    session.lend('nickname', {
      setOwn: async (nickname) => {
        await publish(session, NS_NICK, 'current', xml('nick', NS_NICK, {}, nickname));
        changeProfile(session, { nickname: oneLine(nickname, longest) });
      },
    }),
  );
  undo.use(session.onDidBegin(() => session.facts.say({ type: 'profile-changed', profile: ownProfile(session) })));
  return undo;
};

/** One line, without characters that could rearrange the text around it. */
export function readNickname(nick: Element | undefined): string {
  return nick?.is('nick', NS_NICK) === true ? oneLine(nick.text(), longest) : '';
}
