/** Who it is that wants us in a room: by the name we know them by, else as the room calls them, else by their address. */
import type { AccountId, Room } from '../../src/domain/index.ts';
import { namelessHere, nameShown } from '../look/names.ts';
import { usePersonBehind } from '../roster/people.ts';

export function useInviter(account: AccountId, { id, invitation }: Room): string {
  const personBehind = usePersonBehind();
  if (invitation === undefined) return '';
  const { from } = invitation;
  if (from.startsWith(`${id}/`)) return nameShown(from.slice(id.length + 1), namelessHere);
  return personBehind({ account, contact: from }).name;
}
