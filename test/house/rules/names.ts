/** Words that mean too much or belong to a dialect do not appear in names invented in the common rooms; files are named in kebab-case. */
import { isNode, isProgram, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

const common = /^(src\/(base|domain|contracts|host|core|storage)|renderer)\//;

/** Each with the reason a reader is given. Several words are words that follow one another. */
const reserved: readonly (readonly [string, string])[] = [
  ['handle', 'a word of Telepathy'],
  ['handles', 'a word of Telepathy'],
  ['channel', 'a word of Telepathy'],
  ['channels', 'a word of Telepathy'],
  ['object path', 'a word of D-Bus'],
  ['stanza', 'a word of XMPP'],
  ['stanzas', 'a word of XMPP'],
  ['jid', 'a word of XMPP'],
  ['jids', 'a word of XMPP'],
  ['user', 'account, person or self?'],
  ['users', 'accounts or people?'],
  ['client', 'it has five meanings here'],
  ['clients', 'it has five meanings here'],
  ['manager', 'say what it does'],
  ['helper', 'say what it does'],
  ['helpers', 'say what they do'],
  ['util', 'say what it does'],
  ['utils', 'say what they do'],
];

const named = /^(src|renderer|protocols|plugins|test|bench|scripts)\/.*\.(ts|tsx|cts|mjs|css)$/;

export function fileNames(file: SourceFile): readonly Violation[] {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const found: string[] = [];
  if (named.test(file.path) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(name))
    found.push(`${name} is not kebab-case`);
  if (common.test(file.path)) found.push(...reservedIn(file.path.replace(/\.[a-z.]+$/, '')));
  return found.map((text) => ({ path: file.path, line: 1, text }));
}

export function names(file: SourceFile): readonly Violation[] {
  if (!isProgram(file.path) || !common.test(file.path)) return [];
  return [...declared(syntaxOf(file))].flatMap((node) =>
    reservedIn(nameOf(node) ?? '').map((text) => violation(file, node, text)),
  );
}

function reservedIn(name: string): readonly string[] {
  const words = ` ${name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()} `;
  return reserved.filter(([word]) => words.includes(` ${word} `)).map(([word, why]) => `'${word}' in ${name}: ${why}`);
}

/** The names this file invents: not those it is given by others, such as a destructured property or an import. */
function* declared(tree: SyntaxNode): Generator<SyntaxNode> {
  for (const [node] of nodesOf(tree)) {
    switch (node.type) {
      case 'VariableDeclarator':
        yield* bound(node['id']);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'TSDeclareFunction':
      case 'TSFunctionType':
      case 'TSMethodSignature':
      case 'TSEmptyBodyFunctionExpression':
        yield* bound(node['id']);
        yield* bound(node.type === 'TSMethodSignature' ? node['key'] : undefined);
        for (const parameter of node['params'] as readonly unknown[]) yield* bound(parameter);
        break;
      case 'ClassDeclaration':
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        yield* bound(node['id']);
        break;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'TSPropertySignature':
        if (node['computed'] !== true && isNode(node['key'])) yield node['key'];
        break;
    }
  }
}

function* bound(pattern: unknown): Generator<SyntaxNode> {
  if (!isNode(pattern)) return;
  switch (pattern.type) {
    case 'Identifier':
      yield pattern;
      return;
    case 'AssignmentPattern':
      yield* bound(pattern['left']);
      return;
    case 'RestElement':
      yield* bound(pattern['argument']);
      return;
    case 'ArrayPattern':
      for (const element of pattern['elements'] as readonly unknown[]) yield* bound(element);
      return;
    case 'ObjectPattern':
      for (const property of pattern['properties'] as readonly SyntaxNode[]) {
        if (property['shorthand'] !== true) yield* bound(property['value'] ?? property['argument']);
      }
  }
}
