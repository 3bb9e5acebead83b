/** A heard message as the house knows it: here XML ends. */
import { newId } from '../../src/base/index.ts';
import {
  type AccountId,
  type ContactId,
  fileNameIn,
  type Message,
  type MessageId,
  type OutgoingMessage,
  type SharedFile,
} from '../../src/domain/index.ts';
import { resourceOf } from './address.ts';
import { secureAddress } from './files/web.ts';
import { type Heard, NS_IDS } from './heard.ts';
import type { Standard } from './standard.ts';
import type { Spoken } from './spoken.ts';
import { type Element, xml } from './stream/element.ts';

/** Both are read where messages are shown, whatever network they are from. */
export const standards: readonly Standard[] = [
  {
    id: 'XEP-0245',
    name: 'The /me Command',
    version: '1.0',
    status: 'complete',
    test: 'test/browser/styling.test.ts',
  },
  {
    id: 'XEP-0393',
    name: 'Message Styling',
    version: '1.1.1',
    status: 'complete',
    test: 'test/browser/styling.test.ts',
    note: 'words that are to stay as they are written are shown so, and never sent as such',
  },
];

export const NS_CORRECTION = 'urn:xmpp:message-correct:0';
/** XEP-0393. */
const NS_STYLING = 'urn:xmpp:styling:0';
export const NS_MARKERS = 'urn:xmpp:chat-markers:0';
/** XEP-0066 section 3: an address beside the words. */
export const NS_FILE_ADDRESS = 'jabber:x:oob';

/** Undefined for messages that say nothing: receipts, typing. `spoken` is what was said in the room whose occupant this is from. */
export function said(heard: Heard, account: AccountId, self: ContactId, spoken?: Spoken): Message | undefined {
  const body = heard.message.child('body')?.text() ?? '';
  if (body === '') return undefined;
  const origin = originOf(heard.message);
  const ours = heard.direction === 'outgoing';
  const file = fileIn(heard.message, body);
  // Behind the name somebody bears in a room may be somebody else by now: XEP-0308 section 5 asks to know.
  const nick = resourceOf(heard.peer);
  const replaced = replacedBy(heard.message);
  const known = ours || nick === '' || (replaced !== undefined && spoken?.has(nick, replaced) === true);
  const replaces = known ? replaced : undefined;
  return {
    id: (ours ? ownId(origin) : undefined) ?? newId<MessageId>(),
    account,
    target: { kind: 'contact', contact: heard.peer },
    direction: heard.direction,
    from: ours ? self : heard.peer,
    body,
    ...unstyledIn(heard.message),
    ...(file === undefined ? {} : { file }),
    ...(replaces === undefined ? {} : { replaces }),
    at: heard.at,
    ...(origin === undefined ? {} : { origin }),
    ...(heard.archive === undefined ? {} : { archive: heard.archive }),
    ...(!ours && heard.message.child('markable', NS_MARKERS) !== undefined ? { wantsReadMarker: true } : {}),
    ...(heard.via === 'live' && !ours ? {} : { caughtUp: true }),
    ...(ours ? { delivery: { state: 'sent', at: heard.at } } : {}),
  };
}

/** As other programs mark a file: the body is an address and nothing else, and is said to be one. */
export function fileIn(message: Element, body: string): SharedFile | undefined {
  const named = message.child('x', NS_FILE_ADDRESS)?.child('url')?.text().trim();
  if (named === undefined || named !== body.trim() || secureAddress(named) === undefined) return undefined;
  return { url: named, name: fileNameIn(named) };
}

/** XEP-0393 section 6: nothing in the words is meant to be styled. */
export const unstyledIn = (message: Element): Pick<Message, 'unstyled'> =>
  message.child('unstyled', NS_STYLING) === undefined ? {} : { unstyled: true };

/** The id of what this message corrects. */
export const replacedBy = (message: Element): string | undefined =>
  message.child('replace', NS_CORRECTION)?.attribute('id');

/** What makes of an address in a body a file, for those who understand it. */
export const fileMark = ({ body, isFile }: Pick<OutgoingMessage, 'body' | 'isFile'>): readonly Element[] =>
  isFile === true ? [xml('x', NS_FILE_ADDRESS, {}, xml('url', NS_FILE_ADDRESS, {}, body))] : [];

/** The id that receipts and markers will name; else the one of XEP-0359. */
export function originOf(message: Element): string | undefined {
  return message.attribute('id') ?? message.child('origin-id', NS_IDS)?.attribute('id');
}

/**
 * What another of our devices sent keeps the id it gave, so that a receipt for it finds it. Short ids (counters) are not
 * unique over devices.
 */
export function ownId(origin: string | undefined): MessageId | undefined {
  return origin !== undefined && /^[!-~]{16,128}$/.test(origin) ? (origin as MessageId) : undefined;
}
