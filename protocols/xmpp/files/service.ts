/** Which service of our server takes files, and how large ones (XEP-0363 sections 4 and 5): looked for once, then only asked again. */
import type { FileOffer } from '../../../src/domain/index.ts';
import { domainOf } from '../address.ts';
import { NS_DISCO_INFO } from '../features/caps.ts';
import { NS_DATA } from '../features/data-forms.ts';
import type { Session } from '../session.ts';
import { type Element, xml } from '../stream/element.ts';
import { NS_UPLOAD } from './slot.ts';

const NS_DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';
const memoryKey = 'upload';
/** A server with more services than these is asked about the first. */
const mostAsked = 32;

export interface UploadService {
  readonly address: string;
  readonly largest?: number;
}

export function rememberedService({ memory }: Session): UploadService | undefined {
  const [address = '', largest = ''] = (memory.get(memoryKey) ?? '').split(' ');
  return address === '' ? undefined : { address, ...(largest === '' ? {} : { largest: Number(largest) }) };
}

/** Asks the one we know, and looks for another when it is gone. */
export async function findService(session: Session): Promise<UploadService | undefined> {
  const known = rememberedService(session);
  const found = (known && (await asked(session, known.address))) ?? (await lookedFor(session));
  const { address, largest } = found ?? { address: '' };
  session.memory.set(memoryKey, largest === undefined ? address : `${address} ${largest}`);
  return found;
}

export const offerOf = (service: UploadService | undefined): FileOffer =>
  service === undefined
    ? { takes: false }
    : { takes: true, ...(service.largest === undefined ? {} : { largest: service.largest }) };

async function lookedFor(session: Session): Promise<UploadService | undefined> {
  const server = domainOf(session.self);
  const payload = xml('query', NS_DISCO_ITEMS);
  const items = await session.request({ type: 'get', to: server, payload }).catch(() => undefined);
  const services = items?.child('query', NS_DISCO_ITEMS)?.childrenNamed('item') ?? [];
  const addresses = services.map((item) => item.attribute('jid') ?? '').filter((address) => /^[^\s@/]+$/.test(address));
  const answers = await Promise.all([server, ...addresses.slice(0, mostAsked)].map((one) => asked(session, one)));
  return answers.find((answer) => answer !== undefined);
}

/** Undefined when it takes no files, or says nothing. */
async function asked(session: Session, address: string): Promise<UploadService | undefined> {
  const payload = xml('query', NS_DISCO_INFO);
  const answer = await session.request({ type: 'get', to: address, payload }).catch(() => undefined);
  const info = answer?.child('query', NS_DISCO_INFO);
  if (info?.childrenNamed('feature').some((feature) => feature.attribute('var') === NS_UPLOAD) !== true)
    return undefined;
  const largest = largestIn(info);
  return { address, ...(largest === undefined ? {} : { largest }) };
}

function largestIn(info: Element): number | undefined {
  for (const form of info.childrenNamed('x', NS_DATA)) {
    const value = (name: string): string | undefined =>
      form
        .childrenNamed('field')
        .find((field) => field.attribute('var') === name)
        ?.child('value')
        ?.text()
        .trim();
    if (value('FORM_TYPE') !== NS_UPLOAD) continue;
    const largest = value('max-file-size') ?? '';
    if (/^\d{1,15}$/.test(largest) && Number(largest) > 0) return Number(largest);
  }
  return undefined;
}
