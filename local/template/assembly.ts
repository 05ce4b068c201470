import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartFailure } from '../start-failure.ts';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;

const Template = z.looseObject({
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), Resource).default({}),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.looseObject({ Name: z.unknown() }).optional() }))
    .default({}),
});
export type Template = z.infer<typeof Template>;

/** One stack of a cloud assembly: its template, and the folders of its file assets by the hash that S3 keys carry. */
export type Stack = {
  readonly name: string;
  readonly template: Template;
  readonly assets: ReadonlyMap<string, string>;
};

const Manifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});
const AssetManifest = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string().optional() }) })).default({}),
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const readAssets = (folder: string, templateFile: string): Map<string, string> => {
  const file = join(folder, templateFile.replace(/\.template\.json$/u, '.assets.json'));
  if (!existsSync(file)) return new Map();
  const entries = Object.entries(AssetManifest.parse(readJson(file)).files);
  return new Map(
    entries.flatMap(([hash, { source }]) => (source.path === undefined ? [] : [[hash, resolve(folder, source.path)]])),
  );
};

/** Reads every stack of a synthesized cloud assembly (the folder `cdk synth` writes). */
export const loadAssembly = (path: string): readonly Stack[] => {
  const folder = resolve(path);
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest))
    throw new StartFailure(
      `There is no cloud assembly in ${folder}.`,
      'Run `npx cdk synth` first, or name its folder with --assembly.',
    );
  return Object.entries(Manifest.parse(readJson(manifest)).artifacts).flatMap(([id, { type, properties }]) => {
    const templateFile = properties?.templateFile;
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    const template = Template.parse(readJson(join(folder, templateFile)));
    return [{ name: properties?.stackName ?? id, template, assets: readAssets(folder, templateFile) }];
  });
};
