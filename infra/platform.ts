import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { type App, type Environment, Tags, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { type Configuration, isTraced } from './configuration.ts';
import type { FunctionSettings } from './constructs/service-function.ts';
import { IdentityStack } from './stacks/identity-stack.ts';
import { StatefulStack } from './stacks/stateful-stack.ts';
import { StatelessStack } from './stacks/stateless-stack.ts';

export type PlatformProps = {
  readonly configuration: Configuration;
  /** Folder with one folder per function, each with the bundle index.mjs. */
  readonly functionsFolder: string;
};

/**
 * The whole platform: what is kept, what runs, and the checks that every synthesis must pass. Synthesis fails on any finding
 * of the two rule packs that has no written reason beside the construct it concerns.
 */
export const definePlatform = (app: App, { configuration, functionsFolder }: PlatformProps): void => {
  const env = {
    ...(configuration.region === undefined ? {} : { region: configuration.region }),
    ...(configuration.account === undefined ? {} : { account: configuration.account }),
  };
  const functions = {
    functionsFolder,
    architecture: configuration.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    traced: isTraced(configuration),
  };
  const kept = new StatefulStack(app, 'HearthStateful', { env });
  new StatelessStack(app, 'HearthStateless', {
    env,
    kept,
    functions,
    ...issuerOf(app, env, configuration, functions),
    claims: configuration.claims,
    defaultLanguage: configuration.defaultLanguage,
    retentionDays: configuration.retentionDays,
    rateLimits: configuration.rateLimits,
    alarmEmail: configuration.alarmEmail,
  });
  Tags.of(app).add('hearth:environment', configuration.environment, {
    // In the regions of China these cannot be tagged: CloudFormation refuses the stack ("extraneous key [Tags] is not permitted",
    // aws-cdk#31532). They can be told by their function, which has the tag.
    excludeResourceTypes: ['AWS::Lambda::EventSourceMapping'],
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
};

/** The issuer whose tokens are admitted: the one that is named, or the user pool that is deployed for it. */
const issuerOf = (
  app: App,
  env: Environment,
  configuration: Configuration,
  functions: FunctionSettings,
): { readonly issuer: string; readonly audience: readonly string[] } => {
  const { issuer, audience, cognito: settings, claims, alarmEmail } = configuration;
  if (settings !== undefined) {
    const props = { env, settings, functions, claims, alarmEmail };
    return new IdentityStack(app, 'HearthIdentity', props).identity;
  }
  if (issuer === undefined || audience === undefined)
    throw new Error('the configuration names neither issuer nor user pool');
  return { issuer, audience };
};
