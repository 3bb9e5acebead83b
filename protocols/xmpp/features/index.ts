/** Every feature, in the order they hear of a new session: the list is asked for first, then we are announced, the archive after. */
import type { Feature } from '../session.ts';
import { abilities } from './abilities.ts';
import { archive } from './archive.ts';
import { avatars } from './avatars.ts';
import { blocking } from './blocking.ts';
import { carbons } from './carbons.ts';
import { cards } from './cards.ts';
import { chatStates } from './chat-states.ts';
import { clientState } from './client-state.ts';
import { corrections } from './corrections.ts';
import { disco } from './disco.ts';
import { entityTime } from './entity-time.ts';
import { files } from './files.ts';
import { membership } from './membership.ts';
import { messages } from './messages.ts';
import { nicknames } from './nicknames.ts';
import { onboarding } from './onboarding.ts';
import { ownServer } from './own-server.ts';
import { ping } from './ping.ts';
import { presence } from './presence.ts';
import { readMarkers } from './read-markers.ts';
import { readingPosition } from './reading-position.ts';
import { receipts } from './receipts.ts';
import { rooms } from './rooms/index.ts';
import { invitations } from './rooms/invitations.ts';
import { roster } from './roster.ts';
import { subscriptions } from './subscriptions.ts';
import { version } from './version.ts';

export const features: readonly Feature[] = [
  disco,
  version,
  entityTime,
  ping,
  ownServer,
  roster,
  subscriptions,
  blocking,
  carbons,
  presence,
  abilities,
  avatars,
  nicknames,
  cards,
  messages,
  corrections,
  receipts,
  readMarkers,
  readingPosition,
  chatStates,
  invitations,
  rooms,
  files,
  archive,
  clientState,
  membership,
  onboarding,
];
