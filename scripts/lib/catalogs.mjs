/** The catalogs of renderer/locales: words.pot with everything the window says, and a translation a language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import PO from 'pofile';
import { parseAst } from 'rolldown/parseAst';
import { inTree, root } from './tree.mjs';

const locales = 'renderer/locales';
const template = `${locales}/words.pot`;

/** Path from the root to text: what each catalog has to be, now that the window says what it says. Translations stay. */
export function catalogs() {
  const said = spoken();
  const translations = readdirSync(inTree(locales)).filter((name) => name.endsWith('.po'));
  return new Map([
    [template, catalog({}, said, new Map())],
    ...translations.map((name) => {
      const { headers, items } = PO.parse(readFileSync(join(root, locales, name), 'utf8'));
      const known = new Map(items.map(({ msgid, msgstr }) => [msgid, msgstr]));
      return [`${locales}/${name}`, catalog({ Language: headers.Language }, said, known)];
    }),
  ]);
}

/** What a catalog's text says: English words to the words that are shown, '' where nobody has said how. */
export function shownWords(text) {
  return new Map(PO.parse(text).items.map(({ msgid, msgstr }) => [msgid, msgstr[0] ?? '']));
}

/** Lets `import` read a catalog: compiled for lingui. The template says its own English, with `?pseudo` or `?pseudo-arab` in other letters. */
export const catalogsPlugin = () => ({
  name: 'kith-catalogs',
  transform(text, id) {
    const [path, query] = id.split('?');
    if (!/\.pot?$/.test(path)) return undefined;
    const isTemplate = path.endsWith('.pot');
    const compiled = [...shownWords(text)].map(([english, shown]) => [
      english,
      compileMessageOrThrow(isTemplate ? english : shown || english, letters[query]),
    ]);
    return { code: `export const messages = ${JSON.stringify(Object.fromEntries(compiled))};`, map: null };
  },
});

/** Every text given to `i18n._`, in the order of files and lines, once each. */
function spoken() {
  const found = new Set();
  const files = readdirSync(inTree('renderer'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d|\.test)\.tsx?$/.test(name))
    .toSorted();
  for (const name of files) {
    const text = readFileSync(inTree(`renderer/${name}`), 'utf8');
    if (!text.includes('i18n._(')) continue;
    for (const call of calls(parseAst(text, { lang: name.endsWith('x') ? 'tsx' : 'ts' }, name))) {
      const [said] = call.arguments;
      if (said?.type !== 'Literal') throw new Error(`renderer/${name}: i18n._ takes one text, not ${said?.type}`);
      found.add(said.value);
    }
  }
  return found;
}

function* calls(node) {
  if (node.type === 'CallExpression' && node.callee.object?.name === 'i18n' && node.callee.property?.name === '_')
    yield node;
  for (const field of Object.values(node))
    for (const part of Array.isArray(field) ? field : [field])
      if (typeof part === 'object' && part !== null && typeof part.type === 'string') yield* calls(part);
}

function catalog(headers, said, known) {
  const made = new PO();
  made.headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': '8bit', ...headers };
  made.items = [...said].map((english) =>
    Object.assign(new PO.Item(), { msgid: english, msgstr: known.get(english) ?? [''] }),
  );
  return `${made.toString().trimEnd()}\n`;
}

/** Longer than English, as other languages are, and with a mark on every vowel. */
const marks = { a: 'ȧȧ', e: 'ḗḗ', i: 'ī', o: 'ǿǿ', u: 'ŭŭ', A: 'Ȧ', E: 'Ḗ', I: 'Ī', O: 'Ǿ', U: 'Ŭ' };
/** Each of a to z as a letter that is written from right to left. */
const arabic = 'ابتثجحخدذرزسشصضطظعغفقكلمنو';

const letters = {
  pseudo: (text) => text.replace(/[aeiouAEIOU]/g, (letter) => marks[letter]),
  'pseudo-arab': (text) => text.replace(/[a-z]/gi, (letter) => arabic[letter.toLowerCase().charCodeAt(0) - 97]),
};
