/** The files of the tree as the rules see them: a path from the root, a text, and for programs the syntax tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A place that breaks a rule, in words that say what to do instead. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Looks at one file and nothing else. */
export type Rule = (file: SourceFile) => readonly Violation[];

/** A node of the syntax tree; the kinds a rule asks for are the ESTree ones with TypeScript's beside them. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const ours = new Set(['src', 'renderer', 'protocols', 'plugins', 'test', 'bench', 'scripts', 'bin', 'docs', '.ci']);
const notOurs = new Set(['node_modules', 'dist', '.cache', '.git', 'coverage']);
const binary = /\.(png|jpg|jpeg|webp|ico|woff2?|db|gz)$/;

/** Every text file of the project, wherever it is checked out. */
export function readTree(root: string): readonly SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string, top: boolean): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!notOurs.has(entry.name) && (!top || ours.has(entry.name))) walk(path, false);
      } else if (entry.isFile() && !binary.test(entry.name)) {
        found.push({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') });
      }
    }
  };
  walk(root, true);
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export const isProgram = (path: string): boolean => /\.(ts|tsx|cts|mts|mjs|cjs|js)$/.test(path);
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('test/');

const parsed = new WeakMap<SourceFile, SyntaxNode>();

/** Throws when the file does not parse, naming it. */
export function syntaxOf(file: SourceFile): SyntaxNode {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const lang = file.path.endsWith('x') ? 'tsx' : /\.m?js$/.test(file.path) ? 'js' : 'ts';
  // A script's first line for the system is not part of the language; blanks keep every position.
  const text = file.text.replace(/^#!.*/, (line) => ' '.repeat(line.length));
  let tree: SyntaxNode;
  try {
    tree = parseAst(text, { lang }, file.path) as unknown as SyntaxNode;
  } catch (error) {
    throw new Error(`${file.path} does not parse`, { cause: error });
  }
  parsed.set(file, tree);
  return tree;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/**
 * Every node of a tree from the outside in, each with the nodes around it, nearest last. That list is one and the same for all
 * of them and only holds until the next node is asked for.
 */
export function* nodesOf(
  node: SyntaxNode,
  around: SyntaxNode[] = [],
): Generator<readonly [SyntaxNode, readonly SyntaxNode[]]> {
  yield [node, around];
  around.push(node);
  for (const field in node) {
    const value = node[field];
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) yield* nodesOf(value, around);
      continue;
    }
    for (const part of value) if (isNode(part)) yield* nodesOf(part, around);
  }
  around.pop();
}

export function violation(file: SourceFile, at: SyntaxNode | number, text: string): Violation {
  const offset = typeof at === 'number' ? at : at.start;
  return { path: file.path, line: file.text.slice(0, offset).split('\n').length, text };
}

/** The name an identifier, a private name or a plain string key spells; undefined for anything else. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier' || node.type === 'PrivateIdentifier' || node.type === 'JSXIdentifier')
    return node['name'] as string;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  return undefined;
}
