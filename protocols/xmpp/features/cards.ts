/** What people say of themselves: the new card (XEP-0292, RFC 6351) that is published, else the old one (XEP-0054). Ours is written as both. */
import { DisposableStack, ignore } from '../../../src/base/index.ts';
import { type Card, cleanCard, type ContactId, emptyCard, isEmptyCard } from '../../../src/domain/index.ts';
import { NS_CONVERSION } from '../server-abilities.ts';
import type { Feature, Session } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';
import { publish, published } from './personal-events.ts';
import { changeOldCard, NS_VCARD, oldCard } from './vcard-temp.ts';

const NS_VCARD_4 = 'urn:ietf:params:xml:ns:vcard-4.0';
const node = 'urn:xmpp:vcard4';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0292',
    name: 'vCard4 Over XMPP',
    version: '0.12.0',
    status: 'partial',
    test: 'test/interop/pictures-and-names.test.ts',
    note: 'name, organisation, mail, phone, birthday and web address',
  },
  {
    id: 'XEP-0054',
    name: 'vcard-temp',
    version: '1.3.0',
    status: 'partial',
    test: 'test/interop/pictures-and-names.test.ts',
    note: 'the same, and the picture',
  },
];

export const cards: Feature = (session) => {
  const undo = new DisposableStack();
  undo.use(
    session.lend('cards', {
      read: (of) => read(session, of),
      writeOwn: (card) => write(session, cleanCard(card)),
    }),
  );
  return undo;
};

async function read(session: Session, of: ContactId): Promise<Card> {
  const vcard = await published(session, of, node).catch(() => undefined);
  const card = vcard?.is('vcard', NS_VCARD_4) === true ? readNewer(vcard) : emptyCard;
  if (!isEmptyCard(card)) return card;
  const old = await oldCard(session, of).catch(() => undefined);
  return old === undefined ? emptyCard : readOlder(old);
}

function readNewer(card: Element): Card {
  const all = (name: string): string[] =>
    card.childrenNamed(name).map(
      (one) =>
        one
          .elements()
          .find(({ name: kind }) => kind !== 'parameters')
          ?.text()
          .trim() ?? '',
    );
  const [name = ''] = all('fn');
  const [organisation = ''] = all('org');
  const [birthday = ''] = all('bday');
  return cleanCard({
    name,
    organisation,
    mails: all('email'),
    phones: all('tel').map((phone) => phone.replace(/^tel:/i, '')),
    birthday: birthday.replace(/^(\d{4}|-)-?(\d{2})-?(\d{2})$/, '$1-$2-$3'),
    urls: all('url'),
  });
}

function readOlder(card: Element): Card {
  const inside = (name: string, part: string): string[] =>
    card.childrenNamed(name, NS_VCARD).map((one) => one.child(part)?.text() ?? '');
  return cleanCard({
    name: card.child('FN')?.text() ?? '',
    organisation: card.child('ORG')?.child('ORGNAME')?.text() ?? '',
    mails: inside('EMAIL', 'USERID'),
    phones: inside('TEL', 'NUMBER'),
    birthday: (card.child('BDAY')?.text() ?? '').slice(0, 10),
    urls: card.childrenNamed('URL', NS_VCARD).map((one) => one.text()),
  });
}

/** For those who may see us; whoever wants the world to read it says so at their server. */
async function write(session: Session, card: Card): Promise<void> {
  const part = (name: string, kind: string, value: string) =>
    value === '' ? [] : [xml(name, NS_VCARD_4, {}, xml(kind, NS_VCARD_4, {}, value))];
  const newer = xml(
    'vcard',
    NS_VCARD_4,
    {},
    ...part('fn', 'text', card.name),
    ...part('org', 'text', card.organisation),
    ...card.mails.flatMap((mail) => part('email', 'text', mail)),
    ...card.phones.flatMap((phone) => part('tel', 'text', phone)),
    ...part('bday', 'date', card.birthday),
    ...card.urls.flatMap((url) => part('url', 'uri', url)),
  );
  await publish(session, node, 'current', newer);
  if (session.server.has(NS_CONVERSION)) return;
  ignore(changeOldCard(session, older(card)), 'an old card may not be kept here', session.log);
}

function older(card: Card): readonly (readonly [name: string, part: Element | undefined])[] {
  const plain = (name: string, text: string) =>
    [name, text === '' ? undefined : xml(name, NS_VCARD, {}, text)] as const;
  const holding = (name: string, part: string, all: readonly string[]) =>
    all.length === 0
      ? [[name, undefined] as const]
      : all.map((text) => [name, xml(name, NS_VCARD, {}, xml(part, NS_VCARD, {}, text))] as const);
  return [
    plain('FN', card.name),
    ...holding('ORG', 'ORGNAME', card.organisation === '' ? [] : [card.organisation]),
    ...holding('EMAIL', 'USERID', card.mails),
    ...holding('TEL', 'NUMBER', card.phones),
    plain('BDAY', card.birthday),
    ...(card.urls.length === 0 ? [plain('URL', '')] : card.urls.map((url) => plain('URL', url))),
  ];
}
