/** What people say of themselves and how others see us: a part of what Kith says, kept apart for its length. */
export const wordsOfProfile = {
  profile: {
    present: 'How others see you…',
    picture: 'Picture',
    choosePicture: 'Choose a picture…',
    changePicture: 'Change picture…',
    removePicture: 'Take it away',
    noPicture: 'This file cannot be read as a picture',
    nickname: 'What you call yourself',
    nicknameHelp: 'Everyone who may see you sees it; what they call you themselves goes before.',
    card: 'Your card…',
    cardHelp: 'Those who may see you can read it. What you leave empty is not said.',
  },
  card: {
    title: 'What they say of themselves',
    name: 'Name',
    organisation: 'Organisation',
    mail: 'Mail',
    phone: 'Phone',
    birthday: 'Birthday',
    url: 'Web',
  },
};
