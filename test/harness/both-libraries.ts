/** @xmpp/client and Kith's own stream, each brought to the same server to be played the same trick. */
import type { Peer } from './fake-xmpp-server.ts';
import { startTls } from './fake-xmpp-session.ts';
import { fakeServerSuite, type Suite } from './fake-xmpp-suite.ts';
import type { Attempt, Trying } from './stream-attempt.ts';
import { XmppJs, type XmppJsSettings } from './xmpp-js.ts';

/** The other library, and the server's end of its connection. */
export interface Other extends AsyncDisposable {
  readonly program: XmppJs;
  readonly peer: Peer;
}

export interface BothLibraries {
  readonly suite: Suite;
  them(settings?: Partial<XmppJsSettings>): Promise<Other>;
  /** Ours, and what the server's part comes to, which may be cut short. */
  us<T>(
    trick: (peer: Peer) => Promise<T>,
    trying?: Trying,
  ): Promise<{ tried: Attempt; peer: Peer; played: Promise<T | undefined> }>;
}

/** The server's certificate is for `name`. Call it where a suite begins. */
export function bothLibraries(name?: string): BothLibraries {
  const suite = fakeServerSuite(name);
  return {
    suite,
    async them(settings = {}) {
      const program = new XmppJs({ port: suite.server.port, caFile: suite.certificates.caFile, ...settings });
      return {
        program,
        peer: await suite.server.accepted(),
        [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
      };
    },
    async us(trick, trying = {}) {
      const { tried, peer } = await suite.meet(trying);
      return { tried, peer, played: trick(peer).catch(() => undefined) };
    },
  };
}

/** From the first header to the first word of whoever signs in, under STARTTLS. */
export async function offer(peer: Peer, features: string): Promise<void> {
  await startTls(peer);
  await peer.greet(features);
}
