import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type ParseResult, parseSync, Visitor } from 'oxc-parser';

/** One import of a file, whatever its form: static, re-export, dynamic or `import('...').Type`. */
export interface Import {
  /** As written, or `<computed>` when a dynamic import is given something other than a string. */
  specifier: string;
  line: number;
  /** Erased before the file runs, so that it binds no package at run time. */
  typeOnly: boolean;
}

/** A use of the outside world that a pure file may not make, such as `Date.now`. */
export interface ImpureUse {
  name: string;
  line: number;
}

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  lines: number;
  imports: readonly Import[];
  impureUses: readonly ImpureUse[];
  defaultExportLine: number | undefined;
}

type LineAt = (offset: number) => number;

const importsOf = ({ module, program }: ParseResult, lineAt: LineAt): Import[] => {
  const imports: Import[] = [];
  const add = (start: number, specifier: string, typeOnly: boolean): void => {
    imports.push({ specifier, line: lineAt(start), typeOnly });
  };
  for (const { start, moduleRequest, entries } of module.staticImports) {
    add(start, moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { start, moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) add(start, moduleRequest.value, isType);
  }
  new Visitor({
    ImportExpression: ({ start, source }) =>
      add(start, source.type === 'Literal' ? String(source.value) : '<computed>', false),
    TSImportType: ({ start, source }) => add(start, source.value, true),
  }).visit(program);
  return imports;
};

/** Globals and members that read the clock, the environment, chance or the network. */
const impureGlobals = new Set([
  'process',
  'performance',
  'fetch',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
]);
const impureMembers = new Set(['Date.now', 'Math.random']);

const impureUsesOf = ({ program }: ParseResult, lineAt: LineAt): ImpureUse[] => {
  const uses: ImpureUse[] = [];
  const add = (start: number, name: string): void => {
    uses.push({ name, line: lineAt(start) });
  };
  /** Where a name is only that of a member, as in `report.process`, which is no use of the global. */
  const memberNames = new Set<number>();
  new Visitor({
    ImportDeclaration: ({ start, source }) => {
      if (/^(?:node:)?process$/u.test(source.value)) add(start, 'process');
    },
    Property: ({ key, computed, shorthand }) => {
      if (!(computed || shorthand)) memberNames.add(key.start);
    },
    MemberExpression: ({ start, object, property, computed }) => {
      const owner = object.type === 'Identifier' ? object.name : '';
      if (!computed && owner !== 'globalThis') memberNames.add(property.start);
      const member = property.type === 'Literal' ? property.value : 'name' in property ? property.name : undefined;
      if (typeof member === 'string' && impureMembers.has(`${owner}.${member}`)) add(start, `${owner}.${member}`);
    },
    Identifier: ({ start, name }) => {
      if (impureGlobals.has(name) && !memberNames.has(start)) add(start, name);
    },
    NewExpression: ({ start, callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) add(start, 'new Date()');
    },
    CallExpression: ({ start, callee }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date') add(start, 'Date()');
    },
  }).visit(program);
  return uses;
};

/** Parses one file. Throws on a syntax error, so that no file passes the rules because nothing could be read from it. */
export const parseSourceFile = (path: string, text: string): SourceFile => {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const lineAt: LineAt = (offset) => text.slice(0, offset).split('\n').length;
  const defaultExport = parsed.module.staticExports
    .flatMap(({ entries }) => entries)
    .find(({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default');
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: importsOf(parsed, lineAt),
    impureUses: impureUsesOf(parsed, lineAt),
    defaultExportLine: defaultExport && lineAt(defaultExport.start),
  };
};

/** Built or installed, or (docs) without source. */
const notSource = new Set(['node_modules', 'dist', 'cdk.out', 'coverage', 'docs']);

const pathsBelow = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || notSource.has(entry.name) ? [] : pathsBelow(root, path);
    }
    return /\.[cm]?[jt]sx?$/u.test(entry.name) ? [path] : [];
  });

/** Every source file of the repository, parsed. */
export const readSourceTree = (root: string): SourceFile[] =>
  pathsBelow(root, '').map((path) => parseSourceFile(path, readFileSync(join(root, path), 'utf8')));
