/** Events are facts: they are named onDid…, and what a subscription returns is kept, or it can never be undone. */
import { isNode, isProgram, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

const watched = /^(src\/(?!base\/)|renderer\/|protocols\/|plugins\/|test\/)/;
const past = /^onDid[A-Z]/;

export function eventNames(file: SourceFile): readonly Violation[] {
  if (!isProgram(file.path) || !watched.test(file.path)) return [];
  const found: Violation[] = [];
  for (const [node] of nodesOf(syntaxOf(file))) {
    const name = nameOf(node['key']);
    if (name === undefined || !['PropertyDefinition', 'TSPropertySignature'].includes(node.type)) continue;
    if (isEvent(node) && !past.test(name)) found.push(violation(file, node, `${name} is an event: call it onDid…`));
  }
  return found;
}

/** Typed `Event<…>` (the browser's own Event takes no parameter), or made from an emitter. */
function isEvent(member: SyntaxNode): boolean {
  const annotation = member['typeAnnotation'];
  const type = isNode(annotation) ? annotation['typeAnnotation'] : undefined;
  if (isNode(type) && type.type === 'TSTypeReference')
    return nameOf(type['typeName']) === 'Event' && isNode(type['typeArguments']);
  const value = member['value'];
  return isNode(value) && value.type === 'MemberExpression' && nameOf(value['property']) === 'event';
}

export function droppedSubscriptions(file: SourceFile): readonly Violation[] {
  if (!isProgram(file.path) || !watched.test(file.path)) return [];
  const found: Violation[] = [];
  for (const [node] of nodesOf(syntaxOf(file))) {
    if (node.type !== 'ExpressionStatement') continue;
    const name = subscribedBy(node['expression']);
    if (name !== undefined) found.push(violation(file, node, `What ${name} returns is dropped: nobody can undo it`));
  }
  return found;
}

function subscribedBy(expression: unknown): string | undefined {
  if (!isNode(expression)) return undefined;
  if (expression.type === 'UnaryExpression') return subscribedBy(expression['argument']);
  if (expression.type === 'ChainExpression') return subscribedBy(expression['expression']);
  if (expression.type !== 'CallExpression' || !isNode(expression['callee'])) return undefined;
  const callee = expression['callee'];
  const name = callee.type === 'MemberExpression' ? nameOf(callee['property']) : nameOf(callee);
  return name !== undefined && past.test(name) ? name : undefined;
}
