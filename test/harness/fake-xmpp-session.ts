/** The ordinary course of a login as the fake server goes through it, and every way of going wrong that a test wants. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { Element } from '../../protocols/xmpp/stream/index.ts';
import type { Peer } from './fake-xmpp-server.ts';

export const startTlsFeature = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
export const managementFeature = "<sm xmlns='urn:xmpp:sm:3'/>";
export const bindFeature = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";

export function mechanisms(...names: readonly string[]): string {
  const each = names.map((name) => `<mechanism>${name}</mechanism>`).join('');
  return `<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${each}</mechanisms>`;
}

/** From the first header to a connection under TLS. Returns the header sent in plain text. */
export async function startTls(peer: Peer): Promise<Element> {
  const header = await peer.greet(startTlsFeature);
  await peer.element('starttls');
  peer.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  await peer.encrypt();
  return header;
}

export interface ScramServer {
  /** What the server believes the password to be. */
  readonly password?: string;
  readonly mechanism?: 'SCRAM-SHA-1' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly iterations?: number | string;
  /** Instead of the client's nonce with something added. */
  readonly nonce?: (clients: string) => string;
  /** Added behind the first message. */
  readonly extension?: string;
  /** How it shows in the end that it knows the password. */
  readonly proof?: 'with-success' | 'challenge' | 'wrong' | 'missing' | 'empty' | 'error';
}

const salt = Buffer.from('salt of the tests');

/** Answers the login as a server that has `password`. What the client proved is not checked here: returns whether it was right. */
export async function scram(peer: Peer, how: ScramServer = {}): Promise<boolean> {
  const auth = await peer.element('auth');
  const hash = { 'SCRAM-SHA-1': 'sha1', 'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-512': 'sha512' }[
    how.mechanism ?? 'SCRAM-SHA-256'
  ];
  const firstBare = decoded(auth).slice('n,,'.length);
  const nonce = /r=([^,]+)/.exec(firstBare)?.[1] ?? '';
  const iterations = how.iterations ?? 4096;
  const first = `r=${(how.nonce ?? ((clients) => `${clients}server`))(nonce)},s=${salt.toString('base64')},i=${iterations}${how.extension ?? ''}`;
  say(peer, 'challenge', first);
  const final = decoded(await peer.element('response'));
  const length = createHash(hash).digest().length;
  const salted = pbkdf2Sync(how.password ?? 'secret', salt, Number(iterations), length, hash);
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
  const signed = `${firstBare},${first},${final.replace(/,p=.*$/, '')}`;
  const clientKey = hmac(salted, 'Client Key');
  const signature = hmac(createHash(hash).update(clientKey).digest(), signed);
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
  const right = /p=(.*)$/.exec(final)?.[1] === proof.toString('base64');
  const verdict = `v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`;
  switch (how.proof ?? 'with-success') {
    case 'with-success':
      say(peer, 'success', verdict);
      break;
    case 'challenge':
      say(peer, 'challenge', verdict);
      await peer.element('response');
      say(peer, 'success');
      break;
    case 'wrong':
      say(peer, 'success', `v=${hmac(salted, 'Another Key').toString('base64')}`);
      break;
    case 'missing':
      say(peer, 'success');
      break;
    case 'empty':
      say(peer, 'success', 'v=');
      break;
    case 'error':
      say(peer, 'challenge', 'e=invalid-proof');
      break;
  }
  return right;
}

/** Grants the session whatever resource is asked for, or `resource`. Returns the question. */
export async function grantBinding(peer: Peer, bare = 'amy@kith.test', resource = 'desk'): Promise<Element> {
  const asked = await peer.element('iq');
  peer.write(
    `<iq type='result' id='${asked.attribute('id') ?? ''}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>${bare}/${resource}</jid></bind></iq>`,
  );
  return asked;
}

/** The whole login, up to the features offered after it. */
export async function signIn(peer: Peer, featuresAfter: string): Promise<void> {
  await startTls(peer);
  await peer.greet(mechanisms('SCRAM-SHA-256'));
  await scram(peer);
  await peer.greet(featuresAfter);
}

/** The whole of it, with stream management unless told otherwise. */
export async function serve(peer: Peer, managed = true): Promise<void> {
  await signIn(peer, managed ? bindFeature + managementFeature : bindFeature);
  await grantBinding(peer);
  if (!managed) return;
  await peer.element('enable');
  peer.write("<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true'/>");
}

function say(peer: Peer, name: string, text?: string): void {
  if (name === 'success') peer.expectAnew();
  const words = text === undefined ? '' : Buffer.from(text).toString('base64');
  peer.write(`<${name} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${words}</${name}>`);
}

function decoded(element: Element): string {
  return Buffer.from(element.text(), 'base64').toString();
}
