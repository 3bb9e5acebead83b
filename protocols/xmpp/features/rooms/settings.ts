/** How a room shall be (XEP-0045 sections 10.1 and 10.2): the few things that matter, in the service's own form. */
import { KithError } from '../../../../src/base/index.ts';
import type { RoomId, RoomSettings } from '../../../../src/domain/index.ts';
import type { Session } from '../../session.ts';
import { type Element, xml } from '../../stream/element.ts';
import { NS_DATA } from '../data-forms.ts';
import { NS_MUC_OWNER } from './namespaces.ts';

/** Some services have no switch for it: there a secret is enough. */
const passwordSwitch = 'muc#roomconfig_passwordprotectedroom';

/** A new room, as the service would have it unless settings say otherwise. */
export async function settle(session: Session, room: RoomId, settings: RoomSettings): Promise<void> {
  if (Object.keys(settings).length > 0) return configure(session, room, settings);
  await submit(session, room, xml('x', NS_DATA, { type: 'submit' }));
}

export async function configure(session: Session, room: RoomId, settings: RoomSettings): Promise<void> {
  const query = xml('query', NS_MUC_OWNER);
  const answer = await session.request({ type: 'get', to: room, payload: query });
  const form = answer.child('query', NS_MUC_OWNER)?.child('x', NS_DATA);
  if (form === undefined) throw new KithError('not-supported', 'This room cannot be set up');
  await submit(session, room, filled(form, settings));
}

/** Every field of theirs goes back, with what they had in it unless we say otherwise. */
export function filled(form: Element, settings: RoomSettings): Element {
  const wanted = valuesOf(settings);
  const offered = new Set(form.childrenNamed('field').map((field) => field.attribute('var')));
  const lacking = [...wanted.keys()].find((name) => !offered.has(name) && name !== passwordSwitch);
  if (lacking !== undefined)
    throw new KithError('not-supported', `This service cannot set ${words[lacking] ?? lacking}`);
  const fields = form.childrenNamed('field').flatMap((field) => {
    const name = field.attribute('var');
    if (name === undefined || field.attribute('type') === 'fixed') return [];
    const value = wanted.get(name);
    const values = value === undefined ? field.childrenNamed('value') : [xml('value', NS_DATA, {}, value)];
    return values.length === 0 ? [] : [xml('field', NS_DATA, { var: name }, ...values)];
  });
  return xml('x', NS_DATA, { type: 'submit' }, ...fields);
}

const words: Readonly<Record<string, string>> = {
  'muc#roomconfig_roomname': 'a name',
  'muc#roomconfig_membersonly': 'who may come in',
  'muc#roomconfig_roomsecret': 'a password',
  'muc#roomconfig_persistentroom': 'whether a room stays',
};

function valuesOf({ name, membersOnly, password, persistent }: RoomSettings): ReadonlyMap<string, string> {
  const yes = (claim: boolean): string => (claim ? '1' : '0');
  const values = new Map<string, string>();
  if (name !== undefined) values.set('muc#roomconfig_roomname', name);
  if (membersOnly !== undefined) values.set('muc#roomconfig_membersonly', yes(membersOnly));
  if (persistent !== undefined) values.set('muc#roomconfig_persistentroom', yes(persistent));
  if (password !== undefined) {
    values.set(passwordSwitch, yes(password !== ''));
    values.set('muc#roomconfig_roomsecret', password);
  }
  return values;
}

async function submit(session: Session, room: RoomId, form: Element): Promise<void> {
  await session.request({ type: 'set', to: room, payload: xml('query', NS_MUC_OWNER, {}, form) });
}
