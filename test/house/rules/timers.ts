/** Time comes from the clock: timers are set in base/clock alone, and a test waits for the event instead of sleeping. */
import { isNode, isProgram, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

const timers = new Set(['setTimeout', 'setInterval']);
const worlds = new Set(['globalThis', 'window', 'self', 'global']);
const watched = /^(src|renderer|protocols|plugins|test)\//;

export function timersOutsideTheClock(file: SourceFile): readonly Violation[] {
  if (!isProgram(file.path) || !watched.test(file.path) || file.path === 'src/base/clock.ts') return [];
  const found: Violation[] = [];
  for (const [node, around] of nodesOf(syntaxOf(file))) {
    const name = timerIn(node, around.at(-1));
    if (name !== undefined) found.push(violation(file, node, `${name} outside base/clock; take a Clock instead`));
  }
  return found;
}

function timerIn(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  if (node.type === 'ImportDeclaration') {
    const from = nameOf(node['source']) ?? '';
    return /^(node:)?timers(\/promises)?$/.test(from) ? from : undefined;
  }
  if (node.type === 'MemberExpression') {
    const name = nameOf(node['property']) ?? '';
    const of = nameOf(node['object']) ?? '';
    if (worlds.has(of) && timers.has(name)) return name;
    if (name === 'waitForTimeout') return name;
    return of === 'AbortSignal' && name === 'timeout' ? 'AbortSignal.timeout' : undefined;
  }
  if (node.type !== 'Identifier' || !timers.has(node['name'] as string)) return undefined;
  const isMember = parent?.type === 'MemberExpression' && parent['property'] === node;
  const isKey = isNode(parent) && parent['key'] === node && parent['shorthand'] !== true;
  return isMember || isKey ? undefined : (node['name'] as string);
}
