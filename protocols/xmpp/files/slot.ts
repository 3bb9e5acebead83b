/** A place for one file (XEP-0363 section 5): where to put it, with which words, and where others fetch it. */
import { KithError } from '../../../src/base/index.ts';
import type { FileToUpload } from '../../../src/contracts/index.ts';
import { type Element, xml } from '../stream/element.ts';
import { secureAddress } from './web.ts';

export const NS_UPLOAD = 'urn:xmpp:http:upload:0';

export interface Slot {
  readonly put: URL;
  readonly get: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The only ones a server may ask us to send. */
const allowed: ReadonlySet<string> = new Set(['authorization', 'cookie', 'expires']);

export const slotRequest = ({ name, size, type }: FileToUpload): Element =>
  xml('request', NS_UPLOAD, { filename: name, size: String(size), 'content-type': type });

/** Throws 'server-refused' for an answer that cannot be used safely. */
export function slotIn(answer: Element): Slot {
  const slot = answer.child('slot', NS_UPLOAD);
  const place = slot?.child('put');
  const put = secureAddress(place?.attribute('url') ?? '');
  const get = secureAddress(slot?.child('get')?.attribute('url') ?? '');
  if (place === undefined || put === undefined || get === undefined)
    throw new KithError('server-refused', 'The server offers no safe place for the file');
  const headers: Record<string, string> = {};
  for (const header of place.childrenNamed('header')) {
    const name = (header.attribute('name') ?? '').toLowerCase();
    const value = header.text().replace(/[\r\n]/g, '');
    if (allowed.has(name) && value.length <= 8192 && /^[\t\x20-\x7e]*$/.test(value)) headers[name] = value;
  }
  return { put, get: get.href, headers };
}
