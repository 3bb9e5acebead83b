/** Who may import whom: rooms by the table, entered by their doors; packages and Node's own modules where the law says. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { doors, packages, roomOf, type Room } from '../law.ts';
import {
  isNode,
  isProgram,
  isTest,
  nodesOf,
  syntaxOf,
  violation,
  type SourceFile,
  type SyntaxNode,
} from '../source.ts';
import type { Violation } from '../source.ts';

interface Import {
  readonly from: string;
  readonly at: SyntaxNode;
}

export function imports(file: SourceFile): readonly Violation[] {
  const room = roomOf(file.path);
  if (!isProgram(file.path) || room === undefined) return [];
  return importsOf(file).flatMap((found) => {
    const reason = found.from.startsWith('.')
      ? wrongRoom(file, room, found.from)
      : wrongPackage(file, room, found.from);
    return reason === undefined ? [] : [violation(file, found.at, reason)];
  });
}

/** Everything a file takes from elsewhere: import, export from, import(), import types and require. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  for (const [node] of nodesOf(syntaxOf(file))) {
    const source = sourceOf(node);
    if (source !== undefined) found.push({ from: source, at: node });
  }
  return found;
}

function sourceOf(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return text(node['source']);
    case 'TSExternalModuleReference':
      return text(node['expression']);
    case 'CallExpression': {
      const callee = node['callee'];
      const isRequire = isNode(callee) && callee.type === 'Identifier' && callee['name'] === 'require';
      return isRequire ? text((node['arguments'] as readonly unknown[])[0]) : undefined;
    }
    default:
      return undefined;
  }
}

const text = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;

function wrongRoom(file: SourceFile, room: Room, from: string): string | undefined {
  const target = posix.join(posix.dirname(file.path), from).replace(/\?.*$/, '');
  const other = roomOf(target);
  if (other === undefined || other.path === room.path || room.mayImport === 'anything') return undefined;
  if (isTest(file.path)) {
    if (other.path === 'test') return undefined;
  } else if (other.path === 'test') {
    return `Only tests may import from test: ${from}`;
  }
  if (!room.mayImport.includes(other.path)) return `${room.path} may not import ${other.path}: ${from}`;
  if (isTest(file.path) || doors.some((door) => door.test(target))) return undefined;
  return `${other.path} is entered by its door, index.ts: ${from}`;
}

function wrongPackage(file: SourceFile, room: Room, from: string): string | undefined {
  const mayAnything = isTest(file.path) || room.path === 'bench' || room.path === 'scripts';
  if (from.startsWith('virtual:') || mayAnything) return undefined;
  if (from.startsWith('node:') || builtinModules.includes(from)) {
    if (room.environment !== 'node') return `${room.path} runs without Node: ${from}`;
    return from.startsWith('node:') ? undefined : `Node's own modules are imported as node:${from}`;
  }
  const name = from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
  const allowed = packages[name];
  if (allowed === undefined) return `The law does not say where ${name} may be used`;
  if (allowed.some((at) => file.path === at || file.path.startsWith(`${at}/`))) return undefined;
  return `${name} may be used only in ${allowed.join(', ')}`;
}
