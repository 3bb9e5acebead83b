/** XEP-0054: the old kind of card, read and written as a whole. */
import type { ContactId } from '../../../src/domain/index.ts';
import type { Session } from '../session.ts';
import { type Element, xml } from '../stream/element.ts';

export const NS_VCARD = 'vcard-temp';

/** Undefined when they have none. Rejects as the other side refuses. */
export async function oldCard(session: Session, of: ContactId): Promise<Element | undefined> {
  const to = of === session.self ? undefined : of;
  const payload = xml('vCard', NS_VCARD);
  const answer = await session.request({ type: 'get', payload, ...(to === undefined ? {} : { to }) });
  return answer.child('vCard', NS_VCARD);
}

/** Puts these parts into our own card in place of what had their names; the others stay. */
export async function changeOldCard(
  session: Session,
  parts: readonly (readonly [name: string, part: Element | undefined])[],
): Promise<void> {
  const names = new Set(parts.map(([name]) => name));
  const card = await oldCard(session, session.self).catch(() => undefined);
  const kept = card?.elements().filter(({ name }) => !names.has(name)) ?? [];
  await session.request({
    type: 'set',
    payload: xml('vCard', NS_VCARD, {}, ...kept, ...parts.map(([, part]) => part)),
  });
}
