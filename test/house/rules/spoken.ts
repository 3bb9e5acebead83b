/** Nothing secret is written down: no log line and no output is built from a password, a token or what somebody said. */
import { isNode, isProgram, isTest, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

const watched = /^(src|renderer|protocols|plugins|scripts|bin)\//;
const writers = /^(log|logger|console|stdout|stderr)$/;
const secret = /^(password|passphrase|secret|token|credentials?|body)$/i;

export function secretsWritten(file: SourceFile): readonly Violation[] {
  if (!isProgram(file.path) || !watched.test(file.path) || isTest(file.path)) return [];
  const found: Violation[] = [];
  for (const [node] of nodesOf(syntaxOf(file))) {
    if (node.type !== 'CallExpression' || !isWriter(node['callee'])) continue;
    for (const argument of node['arguments'] as readonly SyntaxNode[]) {
      for (const name of new Set(valuesIn(argument)))
        if (secret.test(name)) found.push(violation(file, node, `${name} would be written down`));
    }
  }
  return found;
}

/** `log.info`, `this.#log.info`, `process.stdout.write`. */
function isWriter(callee: unknown): boolean {
  if (!isNode(callee) || callee.type !== 'MemberExpression') return false;
  const of = callee['object'];
  const name = isNode(of) && of.type === 'MemberExpression' ? nameOf(of['property']) : nameOf(of);
  return writers.test(name ?? '');
}

/** Names whose value an expression takes. A property's key and what is only measured, such as a length, are not values. */
function* valuesIn(node: SyntaxNode): Generator<string> {
  for (const [part, around] of nodesOf(node)) {
    const parent = around.at(-1);
    if (part.type !== 'Identifier') continue;
    if (isNode(parent) && parent.type === 'Property' && parent['key'] === part && parent['shorthand'] !== true)
      continue;
    if (isNode(parent) && parent.type === 'MemberExpression' && parent['object'] === part) continue;
    yield part['name'] as string;
  }
}
