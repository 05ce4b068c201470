import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { afterAll, expect } from 'vitest';
import { z } from 'zod';
import { functionNames, identityFunctions } from '../../contracts/environment.ts';
import { type Configuration, readConfiguration } from '../../infra/configuration.ts';
import { definePlatform } from '../../infra/platform.ts';

export const root = resolve(import.meta.dirname, '..', '..');

const scratch = mkdtempSync(join(tmpdir(), 'hearth-infra-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** An empty folder that goes when the tests of the file have ended. */
export const newFolder = (): string => mkdtempSync(join(scratch, 'folder-'));

const ProjectFile = z.looseObject({ context: z.record(z.string(), z.unknown()) });

/** The context of cdk.json, with which everybody synthesizes. */
export const projectContext = (): Record<string, unknown> =>
  ProjectFile.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'))).context;

export const allFunctions: readonly string[] = Object.values(functionNames).flat();

/** Bundles that hold their name and nothing else: a template is the same whatever the functions do. */
export const standInBundles = (): string => {
  const folder = newFolder();
  for (const name of [...allFunctions, ...identityFunctions]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  return folder;
};

/** An app with both stacks, not yet synthesized. The CDK's own look at the templates takes long and is left to one test. */
export const defineApp = (change: Partial<Configuration> = {}, builtinCloudFormationValidation = false): App => {
  const context = projectContext();
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation, context, outdir: newFolder() });
  const configuration = { ...readConfiguration(context['hearth']), ...change };
  definePlatform(app, { configuration, functionsFolder: standInBundles() });
  return app;
};

export type Synthesized = { readonly stateful: Template; readonly stateless: Template; readonly folder: string };

/** Both templates of a configuration, cdk-nag included: a finding fails it. */
export const synthesize = (change: Partial<Configuration> = {}): Synthesized => {
  const assembly = defineApp(change).synth();
  const read = (stack: string): Template =>
    Template.fromJSON(z.record(z.string(), z.unknown()).parse(assembly.getStackByName(stack).template));
  return { stateful: read('HearthStateful'), stateless: read('HearthStateless'), folder: assembly.directory };
};

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
export type Resource = z.infer<typeof Resource>;

/** Matches whatever is there. */
export const something: unknown = expect.anything();

/** The resources of a type, by logical id. */
export const resourcesOf = (template: Template, type: string): ReadonlyMap<string, Resource> =>
  new Map(Object.entries(template.findResources(type)).map(([id, resource]) => [id, Resource.parse(resource)]));

const Reference = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt'][0]),
]);

/** Logical id of the resource that a `Ref` or `Fn::GetAtt` names. */
export const referenced = (value: unknown): string => Reference.parse(value);

const FunctionProperties = z.looseObject({
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  Role: z.unknown(),
});

/** Logical ids of the functions by the name of their folder, which is also the name of the service in their logs. */
export const functionIds = (template: Template): ReadonlyMap<string, string> =>
  new Map(
    [...resourcesOf(template, 'AWS::Lambda::Function')].map(([id, { Properties }]) => [
      z.string().parse(FunctionProperties.parse(Properties).Environment.Variables['POWERTOOLS_SERVICE_NAME']),
      id,
    ]),
  );

export const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.unknown().transform((resource) => [resource].flat()),
  Condition: z.unknown().optional(),
});
export type Statement = z.infer<typeof Statement>;

const Policy = z.looseObject({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(z.unknown()),
});

/** Statements of all policies attached to a role, by the role's logical id. */
export const statementsOf = (template: Template): ReadonlyMap<string, readonly Statement[]> => {
  const statements = new Map<string, Statement[]>();
  for (const { Properties } of resourcesOf(template, 'AWS::IAM::Policy').values()) {
    const { PolicyDocument, Roles } = Policy.parse(Properties);
    for (const role of Roles.map(referenced)) {
      statements.set(role, [...(statements.get(role) ?? []), ...PolicyDocument.Statement]);
    }
  }
  return statements;
};
