/** What is known of XMPP without connecting: the form, the words for presence, the shape of an address, the links. */
import type { ProtocolFace, ProtocolManifest } from '../../src/contracts/index.ts';
import type { ProtocolId, RoomId } from '../../src/domain/index.ts';
import { normaliseAddress } from './address.ts';
import { parseLink } from './links.ts';

const manifest: ProtocolManifest = {
  id: 'xmpp' as ProtocolId,
  contract: 1,
  displayName: 'XMPP',
  tag: 'XMPP',
  hidden: false,
  parameters: [
    {
      name: 'host',
      type: 's',
      required: false,
      secret: false,
      shape: 'host',
      label: 'The machine to connect to, when the server’s own name does not lead there',
    },
    {
      name: 'port',
      type: 'u',
      required: false,
      secret: false,
      least: 1,
      most: 65_535,
      label: 'The port on that machine',
    },
    {
      name: 'directTls',
      type: 'b',
      required: false,
      secret: false,
      fallback: false,
      label: 'Encrypt from the first byte, on a port made for that',
    },
    {
      name: 'resource',
      type: 's',
      required: false,
      secret: false,
      shape: 'line',
      label: 'The name of this device among your devices',
    },
    {
      name: 'tellProgram',
      type: 'b',
      required: false,
      secret: false,
      fallback: true,
      label: 'Answer whoever asks which program you use',
    },
    {
      name: 'tellTime',
      type: 'b',
      required: false,
      secret: false,
      fallback: false,
      label: 'Answer those who may see you when they ask what time it is where you are',
    },
    {
      name: 'ca',
      type: 's',
      required: false,
      secret: false,
      shape: 'pem',
      label: 'Further authorities to trust, as PEM text',
    },
    {
      name: 'proxy',
      type: 's',
      required: false,
      secret: false,
      among: ['socks5', 'http'],
      label: 'The kind of proxy to go through, which then looks up the machine to connect to',
    },
    {
      name: 'proxyHost',
      type: 's',
      required: false,
      secret: false,
      shape: 'host',
      label: 'The machine of the proxy',
    },
    {
      name: 'proxyPort',
      type: 'u',
      required: false,
      secret: false,
      least: 1,
      most: 65_535,
      label: 'The port of the proxy: usually 1080 for SOCKS 5, 8080 for HTTP',
    },
    {
      name: 'proxyUser',
      type: 's',
      required: false,
      secret: false,
      shape: 'line',
      label: 'The name the proxy knows you by, if it wants one',
    },
    {
      name: 'proxyPassword',
      type: 's',
      required: false,
      secret: true,
      label: 'Your password at the proxy',
    },
  ],
  statuses: [
    { word: 'available', availability: 'available', settable: true, takesMessage: true },
    { word: 'chat', availability: 'available', settable: true, takesMessage: true },
    { word: 'dnd', availability: 'busy', settable: true, takesMessage: true },
    { word: 'away', availability: 'away', settable: true, takesMessage: true },
    { word: 'xa', availability: 'extended-away', settable: true, takesMessage: true },
    { word: 'hidden', availability: 'hidden', settable: false, takesMessage: false },
    { word: 'offline', availability: 'offline', settable: true, takesMessage: true },
    { word: 'error', availability: 'unknown', settable: false, takesMessage: true },
    { word: 'unknown', availability: 'unknown', settable: false, takesMessage: false },
  ],
  addressing: { example: 'amy@example.org', vcardField: 'X-JABBER', uriSchemes: ['xmpp'] },
};

export const face: ProtocolFace = {
  manifest,
  normalise: normaliseAddress,
  // A room's address is made like anybody's; only its server knows the difference.
  normaliseRoom: (address) => normaliseAddress(address) as string as RoomId,
  parseLink,
};
