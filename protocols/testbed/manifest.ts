/** What is known of the testbed without opening it: a network in memory for tests and for the demo. */
import { KithError } from '../../src/base/index.ts';
import type { ProtocolFace } from '../../src/contracts/index.ts';
import type { ContactId, ProtocolId, RoomId } from '../../src/domain/index.ts';

export const face: ProtocolFace = {
  manifest: {
    id: 'testbed' as ProtocolId,
    contract: 1,
    displayName: 'Testbed',
    tag: 'Test',
    hidden: true,
    parameters: [
      {
        name: 'require-password',
        type: 'b',
        required: false,
        secret: false,
        fallback: false,
        label: 'Ask for a password when connecting; any but “wrong” is right.',
      },
      {
        name: 'town',
        type: 'b',
        required: false,
        secret: false,
        fallback: false,
        label: 'Fill the contact list with people who answer.',
      },
    ],
    statuses: [
      { word: 'available', availability: 'available', settable: true, takesMessage: true },
      { word: 'busy', availability: 'busy', settable: true, takesMessage: true },
      { word: 'away', availability: 'away', settable: true, takesMessage: true },
      { word: 'extended-away', availability: 'extended-away', settable: true, takesMessage: true },
      { word: 'hidden', availability: 'hidden', settable: true, takesMessage: false },
      { word: 'offline', availability: 'offline', settable: true, takesMessage: true },
    ],
    addressing: { example: 'juliet@testbed', uriSchemes: ['testbed'] },
  },

  normalise(address) {
    const trimmed = address.trim().normalize('NFC').toLowerCase();
    const [, name, place] = /^([^@]*)@([^@]*)$/u.exec(trimmed) ?? [];
    if (name === undefined || place === undefined)
      throw new KithError('invalid-argument', 'An address looks like juliet@testbed');
    if (name === '' || place === '') throw new KithError('invalid-argument', 'Something is missing beside the @');
    if (/[\s/<>"]/u.test(trimmed)) throw new KithError('invalid-argument', 'An address has no spaces or signs in it');
    return trimmed as ContactId;
  },

  normaliseRoom: (address) => face.normalise(address) as string as RoomId,

  /** `testbed:juliet@testbed?subscribe`, `testbed:juliet@testbed?body=Hello`, `testbed:rehearsal@rooms.testbed?join`. */
  parseLink(uri) {
    const [, address, query] = /^testbed:([^?]*)(?:\?(.*))?$/iu.exec(uri) ?? [];
    if (address === undefined) return undefined;
    const asked = new URLSearchParams(query ?? '');
    const body = asked.get('body');
    const contact = face.normalise(decoded(address));
    if (asked.has('join')) return { room: contact as string as RoomId, action: 'join' };
    return {
      contact,
      action: asked.has('subscribe') ? 'subscribe' : 'message',
      ...(body === null ? {} : { body }),
    };
  },
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new KithError('invalid-argument', 'This link is damaged', { cause: error });
  }
}
