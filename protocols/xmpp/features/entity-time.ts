/** XEP-0202: says what time it is here, to whoever may see us, if the person lets it: it tells where somebody is. */
import { disposable, KithError } from '../../../src/base/index.ts';
import { bareAddress } from '../address.ts';
import type { Feature } from '../session.ts';
import type { Standard } from '../standard.ts';
import { xml } from '../stream/element.ts';

const NS_TIME = 'urn:xmpp:time';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0202',
    name: 'Entity Time',
    version: '2.0',
    status: 'complete',
    test: 'test/interop/what-others-may-ask.test.ts',
    note: 'only where a person switched it on',
  },
];

export const entityTime: Feature = (session) => {
  if (session.parameters['tellTime'] !== true) return disposable(() => {});
  return session.serve({ type: 'get', name: 'time', xmlns: NS_TIME }, (_asked, stanza) => {
    const from = bareAddress(stanza.attribute('from') ?? session.self);
    const near = from === session.self || (from !== undefined && session.contacts.get(from)?.theySeeUs === 'yes');
    if (!near) throw new KithError('permission-denied', 'Only those who may see us are told');
    const now = new Date(session.clock.now());
    const utc = now.toISOString().replace(/\.\d+Z$/, 'Z');
    return xml('time', NS_TIME, {}, xml('tzo', NS_TIME, {}, offset(now)), xml('utc', NS_TIME, {}, utc));
  });
};

/** XEP-0082 section 3.2. */
function offset(now: Date): string {
  const minutes = -now.getTimezoneOffset();
  if (minutes === 0) return 'Z';
  const two = (part: number): string => String(Math.trunc(Math.abs(part))).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
