/** The hash of XEP-0390 section 4.1: its separators cannot occur inside what they separate, as those of XEP-0115 can. */
import { createHash } from 'node:crypto';
import type { Element } from '../stream/element.ts';
import { byBytes, NS_DATA } from './data-forms.ts';

export const NS_CAPS_2 = 'urn:xmpp:caps';
export const NS_HASHES = 'urn:xmpp:hashes:2';

const [afterAll, afterForm, afterGroup, afterOne] = ['\u001c', '\u001d', '\u001e', '\u001f'] as const;

/** SHA-256 in base64, of what disco#info answered. */
export function hashOf(info: Element): string {
  const features = info.childrenNamed('feature').map((feature) => one(feature.attribute('var')));
  const identities = info
    .childrenNamed('identity')
    .map(
      (identity) =>
        `${['category', 'type', 'xml:lang', 'name'].map((part) => one(identity.attribute(part))).join('')}${afterGroup}`,
    );
  const forms = info
    .childrenNamed('x', NS_DATA)
    .map((form) => `${joined(form.childrenNamed('field').map(spelled))}${afterForm}`);
  const text = [features, identities, forms].map((part) => `${joined(part)}${afterAll}`).join('');
  return createHash('sha256').update(text).digest('base64');
}

function spelled(field: Element): string {
  const values = field.childrenNamed('value').map((value) => one(value.text()));
  return `${one(field.attribute('var'))}${joined(values)}${afterGroup}`;
}

function one(text: string | undefined): string {
  return `${text ?? ''}${afterOne}`;
}

function joined(parts: readonly string[]): string {
  return parts.toSorted(byBytes).join('');
}
