/** Outside base nothing is thrown but KithError, so that every failure has a code somebody has thought about. */
import { isNode, isProgram, isTest, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

const watched = /^(src\/(?!base\/)|renderer\/|protocols\/|plugins\/)/;

export function throws(file: SourceFile): readonly Violation[] {
  if (!isProgram(file.path) || !watched.test(file.path) || isTest(file.path)) return [];
  const tree = syntaxOf(file);
  const kinds = kindsOfKithError(tree);
  const found: Violation[] = [];
  for (const [node] of nodesOf(tree)) {
    const given = thrownBy(node);
    if (given !== undefined && isForeign(given, kinds))
      found.push(violation(file, node, 'Throw a KithError: its code decides what happens next'));
  }
  return found;
}

function kindsOfKithError(tree: SyntaxNode): ReadonlySet<string> {
  const kinds = new Set(['KithError']);
  for (const [node] of nodesOf(tree)) {
    const name = nameOf(node['id']);
    if (node.type === 'ClassDeclaration' && name !== undefined && kinds.has(nameOf(node['superClass']) ?? ''))
      kinds.add(name);
  }
  return kinds;
}

/** What a throw throws, or what a promise is rejected with. */
function thrownBy(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'ThrowStatement') return isNode(node['argument']) ? node['argument'] : undefined;
  if (node.type !== 'CallExpression' || !isNode(node['callee'])) return undefined;
  const callee = node['callee'];
  const name = callee.type === 'MemberExpression' ? nameOf(callee['property']) : nameOf(callee);
  const argument = (node['arguments'] as readonly unknown[])[0];
  return name === 'reject' && isNode(argument) ? argument : undefined;
}

/** A name or a call may well be a KithError that came from elsewhere; a new something else is not. */
function isForeign(given: SyntaxNode, kinds: ReadonlySet<string>): boolean {
  if (given.type === 'NewExpression') return !kinds.has(nameOf(given['callee']) ?? '');
  return ['Literal', 'TemplateLiteral', 'ObjectExpression', 'BinaryExpression'].includes(given.type);
}
