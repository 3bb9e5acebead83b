/** Pictures of people: published ones (XEP-0084), and those that hang on old cards (XEP-0153). Only names travel as facts; the bytes are fetched by whoever wants to see them. */
import { createHash } from 'node:crypto';
import { DisposableStack, ignore, KithError } from '../../../src/base/index.ts';
import { type ContactId, isAvatar, largestPicture, pictureType, pictureTypes } from '../../../src/domain/index.ts';
import { bareAddress } from '../address.ts';
import { NS_CONVERSION } from '../server-abilities.ts';
import type { Feature, Session } from '../session.ts';
import type { Standard } from '../standard.ts';
import { type Element, xml } from '../stream/element.ts';
import { changeProfile, ownProfile } from './own-profile.ts';
import { publish, published, watch } from './personal-events.ts';
import { changeOldCard, NS_VCARD, oldCard } from './vcard-temp.ts';

const NS_METADATA = 'urn:xmpp:avatar:metadata';
const NS_BYTES = 'urn:xmpp:avatar:data';
const NS_UPDATE = 'vcard-temp:x:update';
const test = 'protocols/xmpp/features/avatars.test.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0084',
    name: 'User Avatar',
    version: '1.1.4',
    status: 'complete',
    test: 'test/interop/pictures-and-names.test.ts',
    namespaces: [NS_METADATA],
  },
  { id: 'XEP-0153', name: 'vCard-Based Avatars', version: '1.1', status: 'complete', test },
  { id: 'XEP-0398', name: 'User Avatar to vCard-Based Avatars Conversion', version: '1.0.1', status: 'complete', test },
];

export const avatars: Feature = (session) => {
  const undo = new DisposableStack();
  /** Who publishes: what their old card says comes second. */
  const publishing = new Set<ContactId>();
  undo.use(session.onDidBegin(() => publishing.clear()));
  undo.use(
    watch(session, NS_METADATA, ({ from, payload }) => {
      const avatar = payload?.is('metadata', NS_METADATA) === true ? readMetadata(payload) : '';
      if (avatar === undefined) return;
      if (avatar === '') publishing.delete(from);
      else publishing.add(from);
      take(session, from, avatar);
    }),
  );
  undo.use(
    session.onDidReceivePresence((stanza) => {
      const from = bareAddress(stanza.attribute('from'));
      const photo = stanza.child('x', NS_UPDATE)?.child('photo')?.text().trim().toLowerCase();
      // Nothing said of a photo is not the same as no photo (XEP-0153 section 3.1).
      if (from === undefined || photo === undefined || stanza.attribute('type') !== undefined) return;
      if (publishing.has(from) || (photo !== '' && !isAvatar(photo))) return;
      take(session, from, photo);
    }),
  );
  undo.use(
    session.adorn(() => {
      if (session.server.has(NS_CONVERSION)) return [];
      const { avatar } = ownProfile(session);
      return avatar === '' ? [] : [xml('x', NS_UPDATE, {}, xml('photo', NS_UPDATE, {}, avatar))];
    }),
  );
  undo.use(
    session.lend('avatars', {
      fetch: async (of, avatar) => (await fetch(session, of, avatar)).toString('base64'),
      setOwn: (picture) => setOwn(session, picture),
    }),
  );
  return undo;
};

function take(session: Session, from: ContactId, avatar: string): void {
  if (from === session.self) changeProfile(session, { avatar });
  else if (session.contacts.get(from) !== undefined) session.contacts.change(from, { avatar });
}

/** The first picture the window could show; empty when it was taken away, undefined when there is none for us. */
function readMetadata(metadata: Element): string | undefined {
  const infos = metadata.childrenNamed('info');
  if (infos.length === 0) return '';
  const fit = infos.find((info) => {
    const bytes = Number(info.attribute('bytes'));
    const type = info.attribute('type')?.toLowerCase() ?? '';
    return info.attribute('url') === undefined && bytes > 0 && bytes <= largestPicture && pictureTypes.includes(type);
  });
  const id = fit?.attribute('id')?.toLowerCase() ?? '';
  return isAvatar(id) ? id : undefined;
}

/** From where they publish, else from their old card. What its name is not the hash of is not it. */
async function fetch(session: Session, of: ContactId, avatar: string): Promise<Buffer> {
  if (!isAvatar(avatar)) throw new KithError('invalid-argument', 'This names no picture');
  const ways = [
    async () => (await published(session, of, NS_BYTES, avatar))?.text(),
    async () => (await oldCard(session, of))?.child('PHOTO', NS_VCARD)?.child('BINVAL')?.text(),
  ];
  for (const way of ways) {
    const bytes = decoded(await way().catch(() => undefined));
    if (bytes !== undefined && createHash('sha1').update(bytes).digest('hex') === avatar) return bytes;
  }
  throw new KithError('not-found', 'This picture is not there');
}

function decoded(text: string | undefined): Buffer | undefined {
  if (text === undefined || text.length > largestPicture * 1.5) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length <= largestPicture && pictureType(bytes) !== undefined ? bytes : undefined;
}

/** The bytes before their name (XEP-0084 section 3), so that whoever hears of it can have it. */
async function setOwn(session: Session, picture: string): Promise<void> {
  const bytes = Buffer.from(picture, 'base64');
  const type = pictureType(bytes);
  if (picture !== '' && type === undefined) throw new KithError('invalid-argument', 'This is no picture Kith knows');
  if (bytes.length > largestPicture) throw new KithError('invalid-argument', 'This picture is too big');
  const id = picture === '' ? '' : createHash('sha1').update(bytes).digest('hex');
  if (type === undefined) await publish(session, NS_METADATA, 'current', xml('metadata', NS_METADATA));
  else {
    await publish(session, NS_BYTES, id, xml('data', NS_BYTES, {}, bytes.toString('base64')));
    const info = xml('info', NS_METADATA, { id, type, bytes: String(bytes.length) });
    await publish(session, NS_METADATA, id, xml('metadata', NS_METADATA, {}, info));
  }
  changeProfile(session, { avatar: id });
  if (session.server.has(NS_CONVERSION)) return;
  // Programs that know only old cards look there.
  const photo =
    type === undefined
      ? undefined
      : xml(
          'PHOTO',
          NS_VCARD,
          {},
          xml('TYPE', NS_VCARD, {}, type),
          xml('BINVAL', NS_VCARD, {}, bytes.toString('base64')),
        );
  const written = changeOldCard(session, [['PHOTO', photo]]);
  ignore(written, 'an old card may not be kept here', session.log);
}
