/** The projections of the error codes: each knows every code and no other. */
import { isNode, isProgram, isTest, nameOf, nodesOf, syntaxOf, violation } from '../source.ts';
import type { SourceFile, SyntaxNode, Violation } from '../source.ts';

/** The codes by their own name, or as what a status may give for a reason: the same and 'requested'. */
const spelled = /\b(KithErrorCode|StatusReason)\b/;

/** An object whose type has every code for a key, said by an annotation or by `satisfies`. */
export interface ErrorTable {
  readonly path: string;
  readonly name: string;
  readonly codes: readonly string[];
  readonly at: SyntaxNode;
}

export function errorTables(file: SourceFile): readonly ErrorTable[] {
  if (!isProgram(file.path) || isTest(file.path) || !spelled.test(file.text)) return [];
  const found = new Map<SyntaxNode, ErrorTable>();
  for (const [node, around] of nodesOf(syntaxOf(file))) {
    const table = tableIn(node);
    const named = [...around, node].findLast(({ id, key }) => nameOf(id ?? key) !== undefined);
    if (table !== undefined)
      found.set(table, {
        path: file.path,
        name: nameOf(named?.['id'] ?? named?.['key']) ?? '',
        codes: keysOf(table),
        at: node,
      });
  }
  return [...found.values()];
}

function tableIn(node: SyntaxNode): SyntaxNode | undefined {
  const id = node['id'];
  if (node.type === 'VariableDeclarator' && isNode(id) && mentionsCodes(id['typeAnnotation']))
    return objectIn(node['init']);
  if (node.type === 'PropertyDefinition' && mentionsCodes(node['typeAnnotation'])) return objectIn(node['value']);
  if (node.type === 'TSSatisfiesExpression' && mentionsCodes(node['typeAnnotation']))
    return objectIn(node['expression']);
  return undefined;
}

function objectIn(value: unknown): SyntaxNode | undefined {
  if (!isNode(value)) return undefined;
  if (/^TS(Satisfies|As)Expression$/.test(value.type)) return objectIn(value['expression']);
  return value.type === 'ObjectExpression' ? value : undefined;
}

/** `Record<KithErrorCode, …>` or `{ [C in KithErrorCode]: … }`, however wrapped, unless it may leave codes out. */
function mentionsCodes(type: unknown): boolean {
  if (!isNode(type)) return false;
  let mentioned = false;
  for (const [node] of nodesOf(type)) {
    const name = node.type === 'TSTypeReference' ? nameOf(node['typeName']) : undefined;
    if (name === 'Partial') return false;
    const typeArguments = node['typeArguments'] as { readonly params?: readonly SyntaxNode[] } | undefined;
    const isTotal = node.type === 'TSMappedType' && node['optional'] !== true;
    const key = name === 'Record' ? typeArguments?.params?.[0] : isTotal ? node['constraint'] : undefined;
    mentioned ||= isNode(key) && [...nodesOf(key)].some(([part]) => spelled.test(nameOf(part) ?? ''));
  }
  return mentioned;
}

const keysOf = (table: SyntaxNode): readonly string[] =>
  (table['properties'] as readonly SyntaxNode[]).map(({ key }) => nameOf(key) ?? '…');

export function incomplete(file: SourceFile, codes: readonly string[]): readonly Violation[] {
  return errorTables(file).flatMap((table) => {
    const missing = codes.filter((code) => !table.codes.includes(code));
    const strange = table.codes.filter((code) => code !== 'requested' && !codes.includes(code));
    return [
      ...missing.map((code) => `${table.name} lacks ${code}`),
      ...strange.map((code) => `${table.name}: ${code}?`),
    ].map((text) => violation(file, table.at, text));
  });
}
