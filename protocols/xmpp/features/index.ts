/** Every feature, in the order they hear of a new session: the list is asked for before we are announced. */
import type { Feature } from '../session.ts';
import { disco } from './disco.ts';
import { messages } from './messages.ts';
import { ownServer } from './own-server.ts';
import { ping } from './ping.ts';
import { presence } from './presence.ts';
import { roster } from './roster.ts';
import { subscriptions } from './subscriptions.ts';
import { version } from './version.ts';

export const features: readonly Feature[] = [
  disco,
  version,
  ping,
  ownServer,
  roster,
  subscriptions,
  messages,
  presence,
];
