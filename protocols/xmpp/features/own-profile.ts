/** What our account says of itself, remembered so that it is known before the server has told it again. */
import type { Profile } from '../../../src/domain/index.ts';
import { noProfile } from '../../../src/domain/index.ts';
import type { Session } from '../session.ts';

const key = 'profile';

export function ownProfile(session: Session): Profile {
  const [avatar = '', nickname = ''] = (session.memory.get(key) ?? '').split('\n');
  return { ...noProfile, avatar, nickname };
}

/** Says it when it changes. */
export function changeProfile(session: Session, changed: Partial<Profile>): void {
  const before = ownProfile(session);
  const profile = { ...before, ...changed };
  if (profile.avatar === before.avatar && profile.nickname === before.nickname) return;
  session.memory.set(key, `${profile.avatar}\n${profile.nickname}`);
  session.facts.say({ type: 'profile-changed', profile });
}
