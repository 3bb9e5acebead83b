/** What people say of themselves and how others see us: a part of what Kith says, kept apart for its length. */
import { i18n } from './look/language.ts';
export const wordsOfProfile = {
  profile: {
    present: i18n._('How others see you…'),
    picture: i18n._('Picture'),
    choosePicture: i18n._('Choose a picture…'),
    changePicture: i18n._('Change picture…'),
    removePicture: i18n._('Take it away'),
    noPicture: i18n._('This file cannot be read as a picture'),
    nickname: i18n._('What you call yourself'),
    nicknameHelp: i18n._('Everyone who may see you sees it; what they call you themselves goes before.'),
    card: i18n._('Your card…'),
    cardHelp: i18n._('Those who may see you can read it. What you leave empty is not said.'),
  },
  blocking: {
    block: i18n._('Block…'),
    sure: (name: string) =>
      i18n._('Nothing of {name} reaches you any more, and they do not see you. They are not told.', { name }),
    blockOnly: i18n._('Block'),
    reportSpam: i18n._('Block and report spam'),
    reportAbuse: i18n._('Block and report abuse'),
    blocked: (name: string) => i18n._('{name} is blocked', { name }),
    isBlocked: i18n._('Blocked. Nothing of them reaches you.'),
    unblock: i18n._('Unblock'),
    unblockWhom: (address: string) => i18n._('Unblock {address}', { address }),
    title: i18n._('Blocked'),
    nobody: i18n._('Nobody is blocked.'),
  },
  devices: {
    title: i18n._('Devices'),
    own: i18n._('Your other devices…'),
    none: i18n._('No other device of this account is online.'),
    priority: (number: number) => (number < 0 ? i18n._('takes no messages') : i18n._('priority {number}', { number })),
  },
  welcome: i18n._('They may see me, too, when they ask'),
  card: {
    title: i18n._('What they say of themselves'),
    name: i18n._('Name'),
    organisation: i18n._('Organisation'),
    mail: i18n._('Mail'),
    phone: i18n._('Phone'),
    birthday: i18n._('Birthday'),
    url: i18n._('Web'),
  },
};
