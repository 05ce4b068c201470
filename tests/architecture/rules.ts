import { posix } from 'node:path';
import {
  emptyNames,
  folderOf,
  isEntry,
  isHandler,
  isReading,
  type Layer,
  layerOf,
  layers,
  lineBudget,
  mayReadFiles,
} from './layers.ts';
import type { Import, SourceFile } from './source-file.ts';

/** A broken rule: where, and what to do about it. */
export type Violation = string;

const isRelative = (specifier: string): boolean => specifier.startsWith('.') || specifier.startsWith('/');

const resolve = (from: string, specifier: string): string => posix.join(posix.dirname(from), specifier);

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const isWithin = (path: string, place: string): boolean =>
  place === '' ? !path.startsWith('..') : path === place || path.startsWith(`${place}/`);

const eachImport = (
  files: readonly SourceFile[],
  judge: (file: SourceFile, imported: Import, layer: Layer) => string | undefined,
): Violation[] =>
  files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (!layer) return [];
    return file.imports.flatMap((imported) => {
      const fault = judge(file, imported, layer);
      return fault === undefined ? [] : [`${file.path}:${imported.line} ${fault}`];
    });
  });

/** Every folder with source has a row in the table of layers, so that a new folder cannot escape the rules. */
export const unknownFolders = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter(({ path }) => folderOf(path) !== '' && !layers[folderOf(path)])
    .map(({ path }) => `${path} is in a folder that layers.ts does not name`);

/** The arrows between folders. */
export const forbiddenArrows = (files: readonly SourceFile[]): Violation[] =>
  eachImport(files, (file, { specifier }, layer) => {
    if (!isRelative(specifier)) return undefined;
    const target = resolve(file.path, specifier);
    if (isEntry(target) && folderOf(file.path) !== 'tests') return `imports ${target}, which is only to be started`;
    if (isReading(target) && !mayReadFiles(file.path)) {
      return `imports ${target}, which reads files; import the JSON made from them`;
    }
    if (layer.imports.some((place) => isWithin(target, place))) return undefined;
    return `imports ${target}; it may import ${layer.imports.join(', ')}`;
  });

/** The few packages that a layer names, and Node's own where the layer is not pure. */
export const forbiddenPackages = (files: readonly SourceFile[]): Violation[] =>
  eachImport(files, (_file, { specifier }, layer) => {
    if (isRelative(specifier)) return undefined;
    const name = packageOf(specifier);
    if (name.startsWith('node:')) return layer.pure ? `imports ${name}; this layer knows nothing of Node` : undefined;
    return !layer.packages || layer.packages.includes(name)
      ? undefined
      : `imports ${name}; allowed: ${layer.packages.join(', ')}`;
  });

/** The files that end in a bundle: what the handlers reach by imports that are left when the types are gone. */
const deployedFiles = (files: readonly SourceFile[]): SourceFile[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<SourceFile>();
  const walk = (file: SourceFile | undefined): void => {
    if (!file || reached.has(file)) return;
    reached.add(file);
    for (const { specifier, typeOnly } of file.imports) {
      if (!typeOnly && isRelative(specifier)) walk(byPath.get(resolve(file.path, specifier)));
    }
  };
  for (const file of files) if (isHandler(file.path)) walk(file);
  return [...reached];
};

/** What is deployed needs the dependencies of package.json and nothing else, and names each import so that it can be bundled. */
export const unfitForDeployment = (files: readonly SourceFile[], dependencies: readonly string[]): Violation[] =>
  eachImport(deployedFiles(files), (_file, { specifier, typeOnly }) => {
    if (typeOnly || isRelative(specifier) || specifier.startsWith('node:')) return undefined;
    if (specifier === '<computed>') return 'imports a computed name, which cannot be bundled';
    const name = packageOf(specifier);
    return dependencies.includes(name)
      ? undefined
      : `imports ${name}, which is not among the dependencies of package.json`;
  });

/**
 * No clock, chance or environment in the pure layers; and in adapters and use cases no environment, since each function reads
 * its own once, in its wiring.
 */
export const impureUses = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap((file) => {
    const layer = layerOf(file.path);
    if (!layer?.configured) return [];
    const useCase = folderOf(file.path) === 'functions';
    return file.impureUses
      .filter(({ name }) => layer.pure || name === 'process' || (useCase && /^(?:Date|new Date|Math)/u.test(name)))
      .map(({ name, line }) => `${file.path}:${line} uses ${name}; it has to be passed in`);
  });

/** No file reaches itself through its imports; each cycle is told once, from its first file in alphabetical order. */
export const cycles = (files: readonly SourceFile[]): Violation[] => {
  const targets = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ specifier }) => isRelative(specifier)).map(({ specifier }) => resolve(path, specifier)),
    ]),
  );
  const finished = new Set<string>();
  const found = new Map<string, Violation>();
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      const loop = trail.slice(at);
      const first = loop.indexOf([...loop].sort()[0] ?? path);
      const ordered = [...loop.slice(first), ...loop.slice(0, first)];
      found.set(ordered.join(), `${[...ordered, ordered[0]].join(' -> ')} is a cycle`);
      return;
    }
    if (finished.has(path)) return;
    for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of targets.keys()) walk(path, []);
  return [...found.values()];
};

/** Nothing but a configuration file, whose tool asks for it, has a default export. */
export const defaultExports = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter(
      ({ path, defaultExportLine }) =>
        defaultExportLine !== undefined && !/^(?:tests\/[^/]+\/)?[^/]+\.config\.ts$/u.test(path),
    )
    .map(({ path, defaultExportLine }) => `${path}:${defaultExportLine} has a default export; name it`);

/** A file that has outgrown its budget is usually two files. */
export const longFiles = (files: readonly SourceFile[]): Violation[] =>
  files
    .filter(({ path, lines }) => lines > lineBudget(path) && !path.includes('/generated/'))
    .map(({ path, lines }) => `${path} has ${lines} lines; the budget is ${lineBudget(path)}`);

/** No folder or file whose name says nothing about its content. */
export const emptyFolderNames = (files: readonly SourceFile[]): Violation[] =>
  files.flatMap(({ path }) => {
    const name = path.split('/').find((part) => emptyNames.includes(part.replace(/\.[^.]+$/u, '')));
    return name === undefined ? [] : [`${path}: "${name}" does not say what is inside`];
  });
