/** Who is in a room, in the order the list shows them. */
import { intlLocale } from '../look/language.ts';
import type { Occupant, Role } from '../../src/domain/index.ts';
import { plain } from '../look/plain.ts';
import { namelessHere, nameShown } from '../look/names.ts';
import { words } from '../words.ts';

export type MemberItem =
  | { readonly kind: 'head'; readonly key: string; readonly text: string; readonly count: number }
  | { readonly kind: 'member'; readonly key: string; readonly member: Occupant };

const roles: readonly Role[] = ['moderator', 'participant', 'visitor'];
const collator = new Intl.Collator(intlLocale(), { numeric: true, sensitivity: 'base' });

/** By what they may do, then by name. `find` leaves those whose nick or address has these letters. */
export function memberItems(there: Iterable<Occupant>, find: string): readonly MemberItem[] {
  const wanted = plain(find.trim());
  const found = [...there].filter(
    ({ nick, address = '' }) => plain(nick).includes(wanted) || address.toLowerCase().includes(wanted),
  );
  return roles.flatMap((role): MemberItem[] => {
    const group = found.filter((one) => one.role === role);
    if (group.length === 0) return [];
    return [
      { kind: 'head', key: role, text: words.members[role], count: group.length },
      ...group
        .toSorted((a, b) => collator.compare(a.nick, b.nick))
        .map((member): MemberItem => ({ kind: 'member', key: `${role} ${member.nick}`, member })),
    ];
  });
}

export function memberName({ nick, own }: Occupant): string {
  const name = nameShown(nick, namelessHere);
  return own ? words.members.you(name) : name;
}
