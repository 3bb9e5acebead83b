/** The second profile of SASL as the fake server speaks it: XEP-0388 with everything inline, honest or not. */
import { createHmac } from 'node:crypto';
import type { Element } from '../../protocols/xmpp/stream/index.ts';
import { bindFeature, channelBindings, managementFeature } from './fake-xmpp-session.ts';
import type { Peer } from './fake-xmpp-server.ts';
import { scramServer, type ScramServer } from './scram-server.ts';

export interface Sasl2Offer {
  readonly mechanisms?: readonly string[];
  /** Channel bindings, XEP-0440. */
  readonly types?: readonly string[];
  /** Mechanisms for tokens, XEP-0484. */
  readonly fast?: readonly string[];
  /** What can be switched on while binding, XEP-0386. Without it there is no binding inline. */
  readonly bind?: readonly string[];
  /** Resuming inline, XEP-0198 section 9. */
  readonly sm?: boolean;
}

export const carbons = 'urn:xmpp:carbons:2';
export const management = 'urn:xmpp:sm:3';

/** Features before signing in. */
export function sasl2({ mechanisms = ['SCRAM-SHA-256'], types, fast, bind, sm }: Sasl2Offer = {}): string {
  const named = (names: readonly string[]) => names.map((name) => `<mechanism>${name}</mechanism>`).join('');
  const features = bind?.map((name) => `<feature var='${name}'/>`).join('') ?? '';
  const inline = [
    fast === undefined ? '' : `<fast xmlns='urn:xmpp:fast:0'>${named(fast)}</fast>`,
    bind === undefined ? '' : `<bind xmlns='urn:xmpp:bind:0'><inline>${features}</inline></bind>`,
    sm === true ? "<sm xmlns='urn:xmpp:sm:3'/>" : '',
  ].join('');
  const announced = types === undefined ? '' : channelBindings(...types);
  return `<authentication xmlns='urn:xmpp:sasl:2'>${named(mechanisms)}<inline>${inline}</inline></authentication>${announced}`;
}

/** Features after signing in. */
export const featuresAfter = `<stream:features>${bindFeature}${managementFeature}</stream:features>`;

export interface Sasl2Success {
  /** The address, full where a session was bound. */
  readonly address?: string;
  /** Inside the success. */
  readonly inside?: string;
  /** Behind the success; the features unless told otherwise. */
  readonly behind?: string;
}

export function success(
  last: string | Buffer | undefined,
  { address, inside = '', behind }: Sasl2Success = {},
): string {
  const data = last === undefined ? '' : `<additional-data>${Buffer.from(last).toString('base64')}</additional-data>`;
  const identity = `<authorization-identifier>${address ?? 'amy@kith.test'}</authorization-identifier>`;
  return `<success xmlns='urn:xmpp:sasl:2'>${data}${identity}${inside}</success>${behind ?? featuresAfter}`;
}

export function failure(condition: string, words = ''): string {
  const text = words === '' ? '' : `<text>${words}</text>`;
  return `<failure xmlns='urn:xmpp:sasl:2'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>${text}</failure>`;
}

/** A session bound inline, managed unless told otherwise. */
export function bound(inside = "<enabled xmlns='urn:xmpp:sm:3' id='session-1' resume='true'/>"): Sasl2Success {
  return { address: 'amy@kith.test/Kith~1', inside: `<bound xmlns='urn:xmpp:bind:0'>${inside}</bound>` };
}

export interface Scram2 extends ScramServer {
  readonly gives?: Sasl2Success;
  /** Instead of the proof. */
  readonly proof?: 'wrong' | 'missing';
  /** Instead of everything behind the client's proof. */
  readonly instead?: string;
}

/** Answers a login by password. Returns what was asked for, and whether the proof was right. */
export async function scram2(
  peer: Peer,
  { gives = {}, proof, instead, ...how }: Scram2 = {},
): Promise<{ readonly asked: Element; readonly right: boolean; readonly flag: string }> {
  const asked = await peer.element('authenticate');
  const first = Buffer.from(asked.child('initial-response')?.text() ?? '', 'base64').toString();
  const { challenge, judge, flag } = scramServer(first, { bound: (type) => peer.binding(type), ...how });
  peer.write(`<challenge xmlns='urn:xmpp:sasl:2'>${Buffer.from(challenge).toString('base64')}</challenge>`);
  const response = Buffer.from((await peer.element('response')).text(), 'base64').toString();
  const { right, verdict, forged } = judge(response);
  const last = { right: verdict, wrong: forged, missing: undefined }[proof ?? 'right'];
  peer.write(instead ?? success(last, gives));
  return { asked, right, flag };
}

const bindings: Readonly<Record<string, string>> = {
  EXPR: 'tls-exporter',
  UNIQ: 'tls-unique',
  ENDP: 'tls-server-end-point',
};

/** Answers a login by token. Returns what was asked for, and whether it proved this token over this connection. */
export async function token2(
  peer: Peer,
  secret: string,
  { gives = {}, proof, instead }: Pick<Scram2, 'gives' | 'proof' | 'instead'> = {},
): Promise<{ readonly asked: Element; readonly right: boolean }> {
  const asked = await peer.element('authenticate');
  const type = bindings[asked.attribute('mechanism')?.slice(-4) ?? ''];
  const data = (type === undefined ? undefined : peer.binding(type)) ?? Buffer.alloc(0);
  const hashed = (who: string) => createHmac('sha256', secret).update(who).update(data).digest();
  const given = Buffer.from(asked.child('initial-response')?.text() ?? '', 'base64');
  const right = given.equals(Buffer.concat([Buffer.from('amy\0'), hashed('Initiator')]));
  const last = { right: hashed('Responder'), wrong: hashed('Impostor'), missing: undefined }[proof ?? 'right'];
  peer.write(instead ?? success(last, gives));
  return { asked, right };
}
