/** The verification string of XEP-0115 section 5.1: SHA-1 over identities, features and forms, each sorted by its bytes. */
import { createHash } from 'node:crypto';
import type { Element } from '../stream/element.ts';
import { byBytes, NS_DATA } from './data-forms.ts';

/** Of what disco#info answered; undefined for an answer that is ill-formed (section 5.4): whoever sent it could hide one thing behind another. */
export function verificationOf(info: Element): string | undefined {
  const identities = info
    .childrenNamed('identity')
    .map((one) => ['category', 'type', 'xml:lang', 'name'].map((part) => one.attribute(part) ?? '').join('/'));
  const features = info.childrenNamed('feature').map((one) => one.attribute('var') ?? '');
  const forms = info
    .childrenNamed('x', NS_DATA)
    .map(readForm)
    .filter((form) => form !== undefined);
  const types = forms.map(({ type }) => type);
  if ([identities, features, types].some(repeats) || forms.some(({ clear }) => !clear)) return undefined;
  const text = [
    ...identities.toSorted(byBytes),
    ...features.toSorted(byBytes),
    ...forms.map(({ spelled }) => spelled).toSorted(byBytes),
  ];
  return createHash('sha1')
    .update(text.map((one) => `${one}<`).join(''))
    .digest('base64');
}

interface Form {
  readonly type: string;
  /** It has one type only. */
  readonly clear: boolean;
  readonly spelled: string;
}

/** Its type first, then each field with its values; the joining '<' of the last value is added by who joins forms. One without a type of its own counts for nothing. */
function readForm(form: Element): Form | undefined {
  const fields = form.childrenNamed('field').map((field) => ({
    name: field.attribute('var') ?? '',
    hidden: field.attribute('type') === 'hidden',
    values: field.childrenNamed('value').map((value) => value.text()),
  }));
  const typed = fields.find(({ name }) => name === 'FORM_TYPE');
  if (typed?.hidden !== true) return undefined;
  const [type = '', ...more] = [...new Set(typed.values)];
  const spelled = fields
    .filter(({ name }) => name !== 'FORM_TYPE')
    .toSorted((a, b) => byBytes(a.name, b.name))
    .flatMap(({ name, values }) => [name, ...values.toSorted(byBytes)]);
  return { type, clear: more.length === 0, spelled: [type, ...spelled].join('<') };
}

function repeats(list: readonly string[]): boolean {
  return new Set(list).size < list.length;
}
