/** Going in, and saying no. */
import type { KithError } from '../../src/base/index.ts';
import { orSay } from '../accounts/remedy.ts';
import { ask } from '../mirror/index.ts';
import { showToast } from '../widgets/toast.tsx';
import { words } from '../words.ts';
import type { RoomKey } from './rooms.ts';

export interface Entrance {
  readonly nick?: string;
  readonly password?: string;
}

/** Rejects with the room's own reason. */
export const goIn = ({ account, room }: RoomKey, how: Entrance = {}): Promise<unknown> =>
  ask('room.join', { account, address: room, ...how });

/** From where no door is in sight: a refusal is said in passing, and stays at the room's row. */
export const joinRoom = (key: RoomKey): void => void goIn(key).catch((error: KithError) => showToast(whyNot(error)));

export const declineInvitation = (key: RoomKey, name: string): void =>
  orSay(ask('room.forget', key).then(() => showToast(words.invitation.declined(name))));

/** The room's own words where it has any, which it has for all it decides. */
export const whyNot = ({ code, message }: KithError): string => (message === '' ? words.fault[code] : message);
