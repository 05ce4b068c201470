import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigurationError, readConfiguration } from '../../infra/configuration.ts';
import { definePlatform } from '../../infra/platform.ts';
import {
  environmentsOf,
  knowsItsTableOnly,
  newFolder,
  projectContext,
  resourcesOf,
  standInBundles,
  synthesize,
} from './synthesize.ts';

const settings = {
  environment: 'staging',
  identity: 'cognito',
  region: 'eu-central-1',
  cognito: {
    domainPrefix: 'hearth-staging',
    callbackUrls: ['https://console.example.test/callback'],
    agencies: [
      { agency: 'disabled-persons-federation', division: '140922' },
      { agency: 'health-bureau', division: '14' },
    ],
  },
};

let identity: Template;
let stateless: Template;

beforeAll(() => {
  const app = new App({ analyticsReporting: false, context: projectContext(), outdir: newFolder() });
  definePlatform(app, { configuration: readConfiguration(settings), functionsFolder: standInBundles() });
  const assembly = app.synth();
  const read = (stack: string): Template =>
    Template.fromJSON(z.record(z.string(), z.unknown()).parse(assembly.getStackByName(stack).template));
  identity = read('HearthIdentity');
  stateless = read('HearthStateless');
});

const pool = () => [...resourcesOf(identity, 'AWS::Cognito::UserPool').values()][0];
const clients = () =>
  [...resourcesOf(identity, 'AWS::Cognito::UserPoolClient').values()].map(({ Properties }) => Properties);
const peopleClient = () => clients().find(({ AllowedOAuthFlows }) => JSON.stringify(AllowedOAuthFlows) === '["code"]');

describe('the user pool', () => {
  test('has a second factor, long passwords, no self-sign-up, and stays when the stack goes', () => {
    expect(pool()).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
        Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true, RequireNumbers: true } },
      },
    });
  });

  test('asks the trigger for the claims of access tokens, of people and of clients', () => {
    expect(pool()?.Properties['LambdaConfig']).toMatchObject({ PreTokenGenerationConfig: { LambdaVersion: 'V3_0' } });
    const [trigger] = [...resourcesOf(identity, 'AWS::Lambda::Function').values()];
    expect(trigger?.Properties['Environment']).toMatchObject({ Variables: { ROLE_CLAIM: 'role' } });
  });

  test('lets nobody write the attributes that decide what a person may do', () => {
    const written = clients().flatMap(({ WriteAttributes }) => z.array(z.string()).default([]).parse(WriteAttributes));
    expect(peopleClient()?.['WriteAttributes']).toEqual(['locale']);
    expect(written.filter((name) => name.startsWith('custom:'))).toEqual([]);
  });

  test('has one client for people, by code alone, without a secret, and with short tokens', () => {
    expect(peopleClient()).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://console.example.test/callback'],
      AccessTokenValidity: 15,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
  });

  test('has a client for each agency, with one scope that says whose it is', () => {
    const scopes = clients()
      .filter(({ AllowedOAuthFlows }) => JSON.stringify(AllowedOAuthFlows) === '["client_credentials"]')
      .map(({ AllowedOAuthScopes }) => JSON.stringify(AllowedOAuthScopes));
    expect(scopes).toHaveLength(2);
    expect(scopes[0]).toContain('/agency.disabled-persons-federation.140922');
    expect(scopes[1]).toContain('/agency.health-bureau.14');
  });
});

test('the API admits the tokens of the pool, for its clients', () => {
  const [authorizer] = [...resourcesOf(stateless, 'AWS::ApiGatewayV2::Authorizer').values()];
  const { Issuer, Audience } = z
    .looseObject({ Issuer: z.unknown(), Audience: z.array(z.unknown()) })
    .parse(authorizer?.Properties['JwtConfiguration']);
  expect(JSON.stringify(Issuer)).toContain('HearthIdentity');
  expect(Audience).toHaveLength(3);
});

test('without it there is no user pool anywhere, in China as elsewhere', () => {
  const { stateful, stateless: running } = synthesize({ region: 'cn-north-1', account: '123456789012' });
  for (const template of [stateful, running]) expect(JSON.stringify(template.toJSON())).not.toContain('AWS::Cognito');
});

test('the functions are told what the issuer calls the claims', () => {
  const claims = { role: 'custom:role', division: 'https://example.test/division', agency: 'custom:agency' };
  const functions = [...environmentsOf(synthesize({ claims }).stateless)].filter(([name]) => !knowsItsTableOnly(name));
  expect(functions.length).toBeGreaterThan(5);
  for (const [, variables] of functions) {
    expect(variables).toMatchObject({
      ROLE_CLAIM: claims.role,
      DIVISION_CLAIM: claims.division,
      AGENCY_CLAIM: claims.agency,
    });
  }
});

describe('a configuration is refused', () => {
  const faultsOf = (change: object): readonly string[] => {
    try {
      readConfiguration({ ...settings, ...change });
    } catch (error) {
      if (error instanceof ConfigurationError) return error.faults;
      throw error;
    }
    return [];
  };

  test.each<[string, object, RegExp]>([
    ['with a user pool in China', { region: 'cn-north-1' }, /^identity: cannot be "cognito" in China/u],
    ['with a user pool anywhere', { region: undefined }, /^region: must be given for identity "cognito"/u],
    [
      'with a user pool and an issuer',
      { issuer: 'https://login.example.test' },
      /^identity: is "cognito", whose user pool/u,
    ],
    ['with a user pool without its settings', { cognito: undefined }, /^cognito: is only for|^cognito: is missing/u],
    [
      'with settings and no user pool',
      { identity: 'issuer', issuer: 'https://x.test', audience: ['h'] },
      /^cognito: is only/u,
    ],
    [
      'with people sent back unencrypted',
      { cognito: { ...settings.cognito, callbackUrls: ['http://x.test/'] } },
      /https/u,
    ],
    ['with a claim without a name', { claims: { role: '' } }, /^claims\.role: must be the name of a claim/u],
  ])('%s', (_, change, fault) => {
    expect(faultsOf(change)).toEqual([expect.stringMatching(fault)]);
  });
});
