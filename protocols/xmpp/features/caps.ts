/** XEP-0115: what a program can do, as a hash that others look up once. */
import { createHash } from 'node:crypto';
import { type Element, xml } from '../stream/element.ts';

export const NS_CAPS = 'http://jabber.org/protocol/caps';
const NS_DATA = 'jabber:x:data';
/** Who wrote this program; together with the hash it names what is asked for. */
export const capsNode = 'https://kith.im';

export const identity = { category: 'client', type: 'pc', name: 'Kith' } as const;

/** Of what disco#info answered (XEP-0115 section 5.1): SHA-1 over identities, features and forms, each sorted by its bytes. */
export function verificationOf(info: Element): string {
  const identities = info
    .childrenNamed('identity')
    .map((one) => ['category', 'type', 'xml:lang', 'name'].map((part) => one.attribute(part) ?? '').join('/'));
  const features = info.childrenNamed('feature').map((one) => one.attribute('var') ?? '');
  const forms = info.childrenNamed('x', NS_DATA).map(spelledForm);
  const text = [...sorted(identities), ...sorted(features), ...sorted(forms)].map((one) => `${one}<`).join('');
  return createHash('sha1').update(text).digest('base64');
}

export function ownVerification(advertised: readonly string[]): string {
  return verificationOf(ownInfo(advertised));
}

/** What disco#info answers of us. */
export function ownInfo(advertised: readonly string[], node?: string): Element {
  const xmlns = 'http://jabber.org/protocol/disco#info';
  return xml(
    'query',
    xmlns,
    { node },
    xml('identity', xmlns, identity),
    ...advertised.map((feature) => xml('feature', xmlns, { var: feature })),
  );
}

/** The `<c/>` in our presence. */
export function capsOf(advertised: readonly string[]): Element {
  return xml('c', NS_CAPS, { hash: 'sha-1', node: capsNode, ver: ownVerification(advertised) });
}

/** Its type first, then each field with its values; the joining '<' of the last value is added by who joins forms. */
function spelledForm(form: Element): string {
  const fields = form.childrenNamed('field').map((field) => ({
    name: field.attribute('var') ?? '',
    values: field.childrenNamed('value').map((value) => value.text()),
  }));
  const type = fields.find(({ name }) => name === 'FORM_TYPE')?.values[0] ?? '';
  const others = fields.filter(({ name }) => name !== 'FORM_TYPE');
  const spelled = others
    .toSorted((a, b) => byBytes(a.name, b.name))
    .flatMap(({ name, values }) => [name, ...sorted(values)]);
  return [type, ...spelled].join('<');
}

function sorted(list: readonly string[]): string[] {
  return list.toSorted(byBytes);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
