/** docs/xmpp.md and docs/kith.doap out of what the files of protocols/xmpp say of the papers they follow. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './tree.mjs';

const begin = '<!-- Made by `npm run xmpp-table` of what the code says; what stands below is overwritten. -->';
const end = '<!-- The end of what is made. -->';

/** Everything declared, sorted. */
export async function declared() {
  const folder = join(root, 'protocols/xmpp');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((file) => readFileSync(file, 'utf8').includes('export const standards'))
    .toSorted();
  const entry = `${files.map((file, at) => `import { standards as s${at} } from ${JSON.stringify(file)};`).join('\n')}
    export const all = [${files.map((_, at) => `...s${at}`).join(', ')}];`;
  const build = await rolldown({
    input: 'virtual:standards',
    external: [/^node:/, /^[a-z@][^:]*$/],
    platform: 'node',
    cwd: root,
    logLevel: 'silent',
    // Only what is declared is wanted, and nothing that it stands beside.
    treeshake: { moduleSideEffects: false },
    plugins: [
      {
        name: 'standards',
        resolveId: (id) => (id === 'virtual:standards' ? id : null),
        load: (id) => (id === 'virtual:standards' ? entry : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  const { all } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return all.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The page with its table made anew. What people wrote around it stays. */
export function page(standards) {
  const path = join(root, 'docs/xmpp.md');
  const now = existsSync(path) ? readFileSync(path, 'utf8') : '# XMPP in Kith\n';
  const lines = standards.map(
    ({ id, name, version, status, note, test }) =>
      `| ${linked(id)} | ${name} | ${version ?? ''} | ${note === undefined ? status : `${status}: ${note}`} | [${test.split('/').at(-1)}](../${test}) |`,
  );
  const made = [
    begin,
    '',
    '## The papers we follow',
    '',
    '| paper | name | version | status | shown by |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    end,
  ].join('\n');
  const [before, rest] = now.split(begin);
  const after = rest?.split(end)[1];
  return after === undefined ? `${now.trimEnd()}\n\n${made}\n` : `${before}${made}${after}`;
}

/** The same for programs: a description of a project as the registry of XMPP software reads it (XEP-0453). */
export function doap(standards) {
  const implemented = standards.map(({ id, version, status, note }) => {
    const paper = id.startsWith('RFC')
      ? `    <implements rdf:resource="https://www.rfc-editor.org/info/rfc${id.slice(4)}"/>`
      : `    <implements>
      <xmpp:SupportedXep>
        <xmpp:xep rdf:resource="https://xmpp.org/extensions/xep-${id.slice(4)}.html"/>
        <xmpp:status>${status}</xmpp:status>
        <xmpp:version>${version}</xmpp:version>${note === undefined ? '' : `\n        <xmpp:note xml:lang="en">${note}</xmpp:note>`}
      </xmpp:SupportedXep>
    </implements>`;
    return paper;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://usefulinc.com/ns/doap#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmpp="https://linkmauve.fr/ns/xmpp-doap#">
  <Project>
    <name>Kith</name>
    <shortdesc xml:lang="en">A desktop instant messenger that shares its people with the desktop</shortdesc>
    <license rdf:resource="https://spdx.org/licenses/MIT"/>
    <os>Linux</os>
    <programming-language>TypeScript</programming-language>
    <category rdf:resource="https://linkmauve.fr/ns/xmpp-doap#category-client"/>
${implemented.join('\n')}
  </Project>
</rdf:RDF>
`;
}

function linked(id) {
  const [kind, number] = [id.slice(0, 3), id.slice(4)];
  const address =
    kind === 'RFC' ? `https://www.rfc-editor.org/info/rfc${number}` : `https://xmpp.org/extensions/xep-${number}.html`;
  return `[${id}](${address})`;
}
