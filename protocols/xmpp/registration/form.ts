/** What a server wants to know for a new account: the plain fields of XEP-0077, or a data form (XEP-0004) in their place. */
import { wordTable } from '../../../src/base/index.ts';
import type { RegistrationField, RegistrationForm } from '../../../src/domain/index.ts';
import { NS_DATA } from '../features/data-forms.ts';
import { type Element, xml } from '../stream/element.ts';

export const NS_REGISTER = 'jabber:iq:register';
const NS_OOB = 'jabber:x:oob';
/** XEP-0221, and the bytes beside it by XEP-0231. */
const NS_MEDIA = 'urn:xmpp:media-element';
const NS_BITS = 'urn:xmpp:bob';

const mostFields = 50;
const longest = 2_000;
/** Base64. */
const largestPicture = 512 * 1024;
const base64 = /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i;
const pictureTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export type Values = Readonly<Record<string, string>>;

export interface Asking {
  /** False when there is nothing to fill in. */
  readonly takes: boolean;
  readonly page: string | undefined;
  /** Undefined when what is known is all it needs. */
  asks(known: Values): RegistrationForm | undefined;
  /** Every field that may be filled in, by name. */
  readonly names: readonly string[];
  /** What goes back as it came; undefined for a plain form. */
  readonly hidden: readonly Element[] | undefined;
}

export function readForm(answer: Element): Asking {
  const query = answer.child('query', NS_REGISTER);
  const data = query?.child('x', NS_DATA);
  const page = addressIn(query?.child('x', NS_OOB)?.child('url')?.text());
  const fields = data === undefined ? plainFields(query) : dataFields(data);
  const instructions = cut((data ?? query)?.child('instructions')?.text() ?? '');
  const picture =
    data === undefined ? undefined : pictureIn(data, [answer, ...(query === undefined ? [] : [query]), data]);
  return {
    takes: fields.length > 0,
    page,
    names: fields.map(({ name }) => name),
    hidden: data?.childrenNamed('field').filter((field) => field.attribute('type') === 'hidden'),
    asks(known) {
      const open = fields.filter(({ name }) => !Object.hasOwn(known, name));
      if (!open.some(({ required }) => required) && picture === undefined) return undefined;
      return {
        instructions,
        fields: open,
        ...(picture === undefined ? {} : { picture }),
        ...(page === undefined ? {} : { page }),
      };
    },
  };
}

export function filled({ names, hidden }: Asking, values: Values): Element {
  const given = names.filter((name) => Object.hasOwn(values, name) && values[name] !== '');
  if (hidden === undefined)
    return xml('query', NS_REGISTER, {}, ...given.map((name) => xml(name, NS_REGISTER, {}, values[name])));
  const fields = given.map((name) =>
    xml('field', NS_DATA, { var: name }, ...values[name]!.split('\n').map((line) => xml('value', NS_DATA, {}, line))),
  );
  return xml('query', NS_REGISTER, {}, xml('x', NS_DATA, { type: 'submit' }, ...hidden, ...fields));
}

/** Everything that is named is wanted (XEP-0077 section 3.1.1). */
function plainFields(query: Element | undefined): readonly RegistrationField[] {
  const asked = query?.elements().filter(({ name, xmlns }) => xmlns === NS_REGISTER && !beside.has(name)) ?? [];
  return asked.slice(0, mostFields).map(({ name }) => ({
    name,
    label: labels(name) ?? name,
    kind: name === 'password' ? 'secret' : 'text',
    required: true,
    value: '',
    options: [],
  }));
}

const beside: ReadonlySet<string> = new Set(['instructions', 'registered', 'remove', 'key']);
const labels = wordTable<string>({
  username: 'Name',
  password: 'Password',
  nick: 'Nickname',
  name: 'Full name',
  first: 'Given name',
  last: 'Family name',
  email: 'Mail address',
  address: 'Street',
  city: 'City',
  state: 'Region',
  zip: 'Postal code',
  phone: 'Phone number',
  url: 'Web page',
  date: 'Date',
});

const kinds = wordTable<RegistrationField['kind']>({
  'text-private': 'secret',
  'text-multi': 'lines',
  'jid-multi': 'lines',
  'list-single': 'choice',
  boolean: 'choice',
});
const yesOrNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

function dataFields(data: Element): readonly RegistrationField[] {
  const asked = data.childrenNamed('field').filter((field) => {
    const type = field.attribute('type');
    return type !== 'hidden' && type !== 'fixed' && (field.attribute('var') ?? '') !== '';
  });
  return asked.slice(0, mostFields).map((field) => {
    const name = field.attribute('var') ?? '';
    const type = field.attribute('type') ?? 'text-single';
    const options = field
      .childrenNamed('option')
      .slice(0, mostFields)
      .map((option) => {
        const value = cut(option.child('value')?.text() ?? '');
        return { value, label: cut(option.attribute('label') ?? value) };
      });
    return {
      name,
      label: cut(field.attribute('label') ?? labels(name) ?? name),
      kind: kinds(type) ?? 'text',
      required: field.child('required') !== undefined,
      value: cut(
        field
          .childrenNamed('value')
          .map((value) => value.text())
          .join('\n'),
      ),
      options: type === 'boolean' ? yesOrNo : options,
    };
  });
}

/** Only what came along: nothing is fetched for it, and no other server learns of us. */
function pictureIn(data: Element, places: readonly Element[]): RegistrationForm['picture'] {
  const named = data
    .childrenNamed('field')
    .flatMap((field) => field.child('media', NS_MEDIA)?.childrenNamed('uri') ?? [])
    .map((uri) => uri.text().trim())
    .filter((uri) => uri.startsWith('cid:'))
    .map((uri) => uri.slice('cid:'.length));
  const bits = places.flatMap((place) => place.childrenNamed('data', NS_BITS));
  const found = bits.find((one) => named.includes(one.attribute('cid') ?? ''));
  const type = found?.attribute('type') ?? '';
  const bytes = found?.text().replace(/\s+/g, '') ?? '';
  if (!pictureTypes.has(type) || bytes.length > largestPicture || bytes === '' || !base64.test(bytes)) return undefined;
  return { type, bytes };
}

function addressIn(text: string | undefined): string | undefined {
  const address = text?.trim() ?? '';
  return /^https?:\/\/[^\s]+$/i.test(address) ? cut(address) : undefined;
}

const cut = (text: string): string => text.trim().slice(0, longest);
