/** The archive of an account at a fake server (XEP-0313): what it is asked, and what it answers. */
import type { XmppRig } from './xmpp-rig.ts';

const mam = 'urn:xmpp:mam:2';
const rsm = 'http://jabber.org/protocol/rsm';

/** What the newest question to the archive asks for. */
export function asked(one: XmppRig) {
  const query = one.asked('query', mam).child('query', mam);
  const paging = query?.child('set', rsm);
  const filters = query?.child('x', 'jabber:x:data')?.elements() ?? [];
  return {
    ...Object.fromEntries(paging?.elements().map((part) => [part.name, part.text()]) ?? []),
    ...Object.fromEntries(filters.map((field) => [field.attribute('var'), field.child('value')?.text()])),
  };
}

export interface Kept {
  /** Its number is the minute it was said in. */
  readonly id: string;
  readonly ours?: boolean;
  readonly body?: string;
  readonly inside?: string;
  readonly from?: string;
}

/** The archive's message that holds this one: amy@home.example and me@home.example talk, once a minute, by the number in its id. */
export function result(one: XmppRig, { id, ours = false, body = id, inside = '', from = '' }: Kept): string {
  const query = one.asked('query', mam).child('query', mam)?.attribute('queryid');
  const ends = ours
    ? 'from="me@home.example/fake" to="amy@home.example"'
    : 'from="amy@home.example/x" to="me@home.example"';
  const minute = String(Number(/\d+/.exec(id)?.[0] ?? 0)).padStart(2, '0');
  return `<message${from}><result xmlns="${mam}" queryid="${query}" id="${id}"><forwarded xmlns="urn:xmpp:forward:0">
    <delay xmlns="urn:xmpp:delay" stamp="2026-01-05T08:${minute}:00Z"/>
    <message xmlns="jabber:client" ${ends} type="chat" id="origin-of-${id}">${body === '' ? '' : `<body>${body}</body>`}${inside}</message>
  </forwarded></result></message>`;
}

/** Answers the newest question with these, and says whether there is more. */
export async function page(one: XmppRig, kept: readonly Kept[], complete: boolean): Promise<void> {
  if (kept.length > 0) await one.says(...kept.map((message) => result(one, message)));
  const [first, last] = [kept[0], kept.at(-1)];
  const ends = first === undefined ? '' : `<first>${first.id}</first><last>${last?.id}</last>`;
  await one.answers(
    'query',
    mam,
    `<fin xmlns="${mam}"${complete ? ' complete="true"' : ''}><set xmlns="${rsm}">${ends}</set></fin>`,
  );
}
