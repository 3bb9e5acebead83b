/** The ordinary course of a login as the fake server goes through it, and every way of going wrong that a test wants. */
import type { Element } from '../../protocols/xmpp/stream/index.ts';
import type { Peer } from './fake-xmpp-server.ts';
import { scramServer, type ScramServer } from './scram-server.ts';

export const startTlsFeature = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
export const managementFeature = "<sm xmlns='urn:xmpp:sm:3'/>";
export const bindFeature = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";

export function mechanisms(...names: readonly string[]): string {
  const each = names.map((name) => `<mechanism>${name}</mechanism>`).join('');
  return `<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${each}</mechanisms>`;
}

/** The announcement of channel bindings, XEP-0440. */
export function channelBindings(...types: readonly string[]): string {
  const each = types.map((type) => `<channel-binding type='${type}'/>`).join('');
  return `<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>${each}</sasl-channel-binding>`;
}

/** From the first header to a connection under TLS. Returns the header sent in plain text. */
export async function startTls(peer: Peer, options?: Parameters<Peer['encrypt']>[0]): Promise<Element> {
  const header = await peer.greet(startTlsFeature);
  await peer.element('starttls');
  peer.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  await peer.encrypt(options);
  return header;
}

export interface ScramLogin extends ScramServer {
  /** How it shows in the end that it knows the password, or refuses ours. */
  readonly proof?:
    'with-success' | 'challenge' | 'wrong' | 'missing' | 'empty' | 'refused' | { readonly error: string };
}

/** Answers the login as a server that has `password`. What the client proved is not checked here: returns whether it was right, and the flag of channel binding. */
export async function scram(
  peer: Peer,
  how: ScramLogin = {},
): Promise<{ readonly right: boolean; readonly flag: string }> {
  const auth = await peer.element('auth');
  const { flag, challenge, judge } = scramServer(decoded(auth), { bound: (type) => peer.binding(type), ...how });
  say(peer, 'challenge', challenge);
  const { right, verdict, forged } = judge(decoded(await peer.element('response')));
  const { proof = 'with-success' } = how;
  if (typeof proof === 'object') say(peer, 'challenge', `e=${proof.error}`);
  else if (proof === 'refused')
    peer.write("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
  else if (proof === 'challenge') {
    say(peer, 'challenge', verdict);
    await peer.element('response');
    say(peer, 'success');
  } else say(peer, 'success', { 'with-success': verdict, wrong: forged, missing: undefined, empty: 'v=' }[proof]);
  return { right, flag };
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
