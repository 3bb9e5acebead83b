/** A person who uses slixmpp, an XMPP library no one here wrote. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EventQueue } from './event-queue.ts';
import { MissingProgram, Run } from './processes.ts';
import type { Prosody } from './prosody.ts';

/** Debian's own Python: it has Debian's slixmpp, and another one on the PATH has not. */
const python = '/usr/bin/python3';
const library = '/usr/lib/python3/dist-packages/slixmpp';
const webLibrary = '/usr/lib/python3/dist-packages/aiohttp';

export type SlixmppEvent =
  | { readonly type: 'online'; readonly address: string }
  | { readonly type: 'refused' | 'disconnected' }
  | { readonly type: 'failed'; readonly error: string }
  | {
      readonly type: 'message';
      readonly sender: string;
      readonly body: string;
      readonly id: string;
      readonly wantsReceipt: boolean;
      /** What XEP-0066 says beside the words; empty when it says nothing. */
      readonly address: string;
    }
  | { readonly type: 'written'; readonly id: string }
  | { readonly type: 'receipt'; readonly sender: string; readonly of: string }
  | { readonly type: 'chat-state'; readonly sender: string; readonly state: string }
  | { readonly type: 'presence'; readonly sender: string; readonly show: string; readonly status: string }
  | { readonly type: 'avatar'; readonly sender: string; readonly id: string; readonly bytes: string }
  | { readonly type: 'file'; readonly hash: string }
  | { readonly type: 'card'; readonly sender: string; readonly name: string }
  | { readonly type: 'nick'; readonly sender: string; readonly nick: string }
  | {
      readonly type: 'room-message';
      readonly room: string;
      readonly nick: string;
      readonly body: string;
      readonly id: string;
    }
  | {
      readonly type: 'room-presence';
      readonly room: string;
      readonly nick: string;
      readonly kind: string;
      readonly role: string;
    }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string }
  | { readonly type: 'invitation'; readonly room: string; readonly sender: string }
  | { readonly type: 'subscription'; readonly sender: string; readonly kind: string };

export type SubscriptionKind = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed';

export interface Slixmpp {
  readonly events: EventQueue<SlixmppEvent>;
  /** Resolves with the message's id. */
  send(to: string, body: string, receipt?: boolean): Promise<string>;
  chatState(to: string, state: 'composing' | 'paused' | 'active'): void;
  presence(show: 'away' | 'dnd' | 'xa' | 'chat' | undefined, status: string): void;
  subscription(to: string, kind: SubscriptionKind): void;
  /** Says to the sender that their message with this id was shown (XEP-0333). */
  displayed(to: string, id: string): void;
  /** In base64. */
  avatar(bytes: string): void;
  nick(nick: string): void;
  /** An old card (XEP-0054) with this name. */
  card(name: string): void;
  readCard(of: string): void;
  /** Resolves when it is in the room. */
  join(room: string, nick: string): Promise<void>;
  /** Resolves with the message's id. */
  say(room: string, body: string): Promise<string>;
  setTopic(room: string, topic: string): void;
  leaveRoom(room: string, nick: string): void;
  putOut(room: string, nick: string, why: string): void;
  ban(room: string, whom: string): void;
  /** By way of the room, or straight (XEP-0249). */
  invite(room: string, whom: string, why: string, how: 'by the room' | 'straight'): void;
  /** Puts it at its server and sends the address (XEP-0363); in base64. Resolves when it is sent. */
  sendFile(to: string, name: string, bytes: string): Promise<void>;
  /** What it fetches is told by its SHA-256, in hex. */
  fetchFile(address: string): void;
  /** Signs out and ends. */
  end(): Promise<void>;
}

/** Resolves when it is online. */
export async function startSlixmpp(server: Prosody, who: string): Promise<Slixmpp> {
  const events = new EventQueue<SlixmppEvent>();
  const settings = {
    address: `${server.address(who)}/slixmpp`,
    host: server.host,
    port: server.port,
    ca: server.caFile,
  };
  const script = fileURLToPath(new URL('slixmpp-peer.py', import.meta.url));
  if (!existsSync(library)) throw new MissingProgram({ name: 'slixmpp', debianPackage: 'python3-slixmpp' });
  if (!existsSync(webLibrary)) throw new MissingProgram({ name: 'aiohttp', debianPackage: 'python3-aiohttp' });
  const program = new Run(python, [script, JSON.stringify(settings)], {
    input: `${server.password}\n`,
    keepInput: true,
    onLine: (line) => events.push(JSON.parse(line) as SlixmppEvent),
    // What somebody set up for a Python of their own is not meant here.
    // Over https it trusts the server's own authority as it does over XMPP.
    env: { PYTHONPATH: undefined, PYTHONHOME: undefined, SSL_CERT_FILE: server.caFile },
  });
  const order = (what: object) => program.write(`${JSON.stringify(what)}\n`);
  try {
    await Promise.race([
      events.next(`${who} to be online by slixmpp`, ({ type }) => type === 'online'),
      program.ended.then(() => Promise.reject(program.foreignDeath ?? new Error(`slixmpp ended\n${program.errors}`))),
    ]);
  } catch (error) {
    await program.end('SIGKILL');
    throw error;
  }
  return {
    events,
    async send(to, body, receipt = false) {
      const written = events.next('the id of what was written', (event) => event.type === 'written');
      order({ do: 'send', to, body, receipt });
      return ((await written) as { readonly id: string }).id;
    },
    chatState: (to, state) => order({ do: 'chat-state', to, state }),
    presence: (show, status) => order({ do: 'presence', show, status }),
    subscription: (to, kind) => order({ do: 'subscription', to, kind }),
    displayed: (to, id) => order({ do: 'displayed', to, id }),
    avatar: (bytes) => order({ do: 'avatar', bytes }),
    nick: (nick) => order({ do: 'nick', nick }),
    readCard: (of) => order({ do: 'read-card', of }),
    card: (name) => order({ do: 'card', name }),
    async join(room, nick) {
      const there = events.next(
        `${who} to be in the room`,
        (event) => event.type === 'room-presence' && event.room === room && event.nick === nick,
      );
      order({ do: 'join', room, nick });
      await there;
    },
    async say(room, body) {
      const written = events.next('the id of what was written', (event) => event.type === 'written');
      order({ do: 'say', room, body });
      return ((await written) as { readonly id: string }).id;
    },
    setTopic: (room, topic) => order({ do: 'topic', room, topic }),
    leaveRoom: (room, nick) => order({ do: 'leave', room, nick }),
    putOut: (room, nick, why) => order({ do: 'put-out', room, nick, why }),
    ban: (room, whom) => order({ do: 'ban', room, whom }),
    invite: (room, whom, why, how) => order({ do: how === 'straight' ? 'invite-straight' : 'invite', room, whom, why }),
    async sendFile(to, name, bytes) {
      const written = events.next('the file to be sent', (event) => event.type === 'written');
      order({ do: 'send-file', to, name, bytes });
      await written;
    },
    fetchFile: (address) => order({ do: 'fetch-file', address }),
    async end() {
      order({ do: 'end' });
      await program.finish();
    },
  };
}
