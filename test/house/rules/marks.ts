/** What is here is done: no note to do it later, no test switched off or singled out, no path of somebody's machine. */
import {
  isNode,
  isProgram,
  isTest,
  nameOf,
  nodesOf,
  syntaxOf,
  violation,
  type SourceFile,
  type SyntaxNode,
  type Violation,
} from '../source.ts';

const laters = [`TO${'DO'}`, `FIX${'ME'}`, `XX${'X'}`, `not ${'implemented'}`];
const later = new RegExp(`\\b(${laters.join('|')})\\b`);

export function unfinished(file: SourceFile): readonly Violation[] {
  const found: Violation[] = [];
  if (isProgram(file.path) || file.path.endsWith('.css')) {
    for (const [index, line] of file.text.split('\n').entries()) {
      const mark = later.exec(line)?.[0];
      if (mark !== undefined) found.push({ path: file.path, line: index + 1, text: `${mark}: do it, or leave it out` });
    }
  }
  return isProgram(file.path) && isTest(file.path) ? [...found, ...switchedOff(file)] : found;
}

/** `skipIf(…)` or `runIf(…)` of anything but `notRun(…)`. */
function isUnexplained(call: SyntaxNode): boolean {
  const callee = call['callee'];
  if (!isNode(callee) || callee.type !== 'MemberExpression') return false;
  const mark = nameOf(callee['property']);
  const [condition] = call['arguments'] as readonly unknown[];
  const explained =
    isNode(condition) && condition.type === 'CallExpression' && nameOf(condition['callee']) === 'notRun';
  return mark === 'runIf' || (mark === 'skipIf' && !explained);
}

function switchedOff(file: SourceFile): readonly Violation[] {
  const found: Violation[] = [];
  for (const [node] of nodesOf(syntaxOf(file))) {
    if (node.type === 'CallExpression' && isUnexplained(node))
      found.push(violation(file, node, 'A test is skipped without a reason said by notRun (test/harness/not-run.ts)'));
    if (node.type !== 'MemberExpression') continue;
    const mark = nameOf(node['property']) ?? '';
    if (/^(it|test|describe)$/.test(nameOf(node['object']) ?? '') && /^(only|skip|todo|fails)$/.test(mark))
      found.push(violation(file, node, `A test is marked ${mark}`));
  }
  return found;
}

/** Paths that exist only where it was written: the checkout's own folder, the home folder. */
export function machinePaths(places: readonly string[]): (file: SourceFile) => readonly Violation[] {
  return (file) =>
    file.text.split('\n').flatMap((line, index) => {
      const place = places.find((path) => standsIn(line, path));
      return place === undefined
        ? []
        : [{ path: file.path, line: index + 1, text: `A path of this machine: ${place}` }];
    });
}

function standsIn(line: string, place: string): boolean {
  const at = line.indexOf(place);
  if (at < 0) return false;
  return !/[A-Za-z0-9_.]/.test(line[at - 1] ?? '') && /^(\/|\W|$)/.test(line.slice(at + place.length));
}
