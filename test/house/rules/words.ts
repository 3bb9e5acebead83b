/** Every word the window says stands with the words, where the catalogs find it: none is written into what is drawn. */
import { isNode, isTest, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, Violation } from '../source.ts';

const spokenAttributes = new Set([
  'alt',
  'title',
  'placeholder',
  'label',
  'aria-label',
  'aria-description',
  'aria-valuetext',
]);
const word = /\p{L}{2}/u;

export function wordsDrawn(file: SourceFile): readonly Violation[] {
  if (!file.path.startsWith('renderer/') || !file.path.endsWith('.tsx') || isTest(file.path)) return [];
  const found: Violation[] = [];
  for (const [node, around] of nodesOf(syntaxOf(file))) {
    const text = node.type === 'JSXText' || node.type === 'Literal' ? node['value'] : undefined;
    if (typeof text !== 'string' || !word.test(text)) continue;
    const parent = around.at(-1);
    const isShown =
      node.type === 'JSXText' ||
      (isNode(parent) && parent.type === 'JSXAttribute' && spokenAttributes.has(nameOf(parent['name']) ?? ''));
    if (isShown) found.push(violation(file, node, `“${text.trim()}” belongs to the words, where it can be translated`));
  }
  return found;
}
