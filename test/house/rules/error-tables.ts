/** The projections of the error codes: each knows every code and no other. */
import { isNode, isProgram, isTest, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

/** A constant typed `Record<KithErrorCode, …>`, or `satisfies` such. */
export interface ErrorTable {
  readonly path: string;
  readonly name: string;
  readonly codes: readonly string[];
  readonly at: SyntaxNode;
}

export function errorTables(file: SourceFile): readonly ErrorTable[] {
  if (!isProgram(file.path) || isTest(file.path) || !file.text.includes('KithErrorCode')) return [];
  const found: ErrorTable[] = [];
  for (const [node] of nodesOf(syntaxOf(file))) {
    const name = nameOf(node['id']);
    if (node.type !== 'VariableDeclarator' || name === undefined) continue;
    const table = tableIn(node);
    if (table !== undefined) found.push({ path: file.path, name, codes: keysOf(table), at: node });
  }
  return found;
}

function tableIn(declarator: SyntaxNode): SyntaxNode | undefined {
  const id = declarator['id'] as SyntaxNode;
  let value = declarator['init'];
  let typed = isNode(id['typeAnnotation']) && mentionsCodes(id['typeAnnotation']);
  while (isNode(value) && /^TS(Satisfies|As)Expression$/.test(value.type)) {
    typed ||= value.type === 'TSSatisfiesExpression' && mentionsCodes(value['typeAnnotation']);
    value = value['expression'];
  }
  return typed && isNode(value) && value.type === 'ObjectExpression' ? value : undefined;
}

function mentionsCodes(type: unknown): boolean {
  if (!isNode(type)) return false;
  for (const [node] of nodesOf(type)) {
    if (node.type !== 'TSTypeReference' || nameOf(node['typeName']) !== 'Record') continue;
    const key = (node['typeArguments'] as { params?: readonly SyntaxNode[] } | undefined)?.params?.[0];
    if (key !== undefined && [...nodesOf(key)].some(([part]) => nameOf(part) === 'KithErrorCode')) return true;
  }
  return false;
}

const keysOf = (table: SyntaxNode): readonly string[] =>
  (table['properties'] as readonly SyntaxNode[]).map(({ key }) => nameOf(key) ?? '…');

export function incomplete(file: SourceFile, codes: readonly string[]): readonly Violation[] {
  return errorTables(file).flatMap((table) => {
    const missing = codes.filter((code) => !table.codes.includes(code));
    const strange = table.codes.filter((code) => !codes.includes(code));
    return [
      ...missing.map((code) => `${table.name} lacks ${code}`),
      ...strange.map((code) => `${table.name}: ${code}?`),
    ].map((text) => violation(file, table.at, text));
  });
}
