/** XEP-0199: answers whoever asks whether we are still there. */
import type { Feature } from '../session.ts';

export const NS_PING = 'urn:xmpp:ping';

export const ping: Feature = (session) => session.serve({ type: 'get', name: 'ping', xmlns: NS_PING }, () => undefined);
