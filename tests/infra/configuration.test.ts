import { describe, expect, test } from 'vitest';
import { ConfigurationError, isTraced, readConfiguration } from '../../infra/configuration.ts';
import { projectContext } from './synthesize.ts';

const working = { environment: 'production', issuer: 'https://login.example.test', audience: ['hearth'] };

const faultsOf = (value: unknown): readonly string[] => {
  try {
    readConfiguration(value);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  test('of cdk.json works', () => {
    expect(readConfiguration(projectContext()['hearth'])).toMatchObject({
      environment: 'development',
      architecture: 'arm64',
    });
  });

  test('has defaults for what rarely differs', () => {
    expect(readConfiguration(working)).toEqual({
      ...working,
      identity: 'issuer',
      claims: { role: 'role', division: 'division', agency: 'agency' },
      defaultLanguage: 'zh',
      retentionDays: 0,
      architecture: 'arm64',
      rateLimits: {},
    });
  });

  test.each([
    [{}, true],
    [{ region: 'eu-central-1' }, true],
    [{ region: 'cn-north-1' }, false],
    [{ region: 'cn-north-1', tracing: true }, true],
    [{ tracing: false }, false],
  ])('with %j has functions traced: %s', (given, expected) => {
    expect(isTraced(readConfiguration({ ...working, ...given }))).toBe(expected);
  });

  test('may come as text, as the command line hands it over', () => {
    expect(readConfiguration(JSON.stringify(working))).toMatchObject(working);
  });

  test('that is missing, or is no JSON, is said to be so', () => {
    expect(faultsOf(undefined)).toEqual(['hearth: is missing']);
    expect(faultsOf('{')[0]).toMatch(/^hearth: is not JSON/u);
  });

  test('names every fault at once, with what the setting means', () => {
    expect(faultsOf({ environment: 'Production!', issuer: 'login', audience: [], colour: 'red' })).toEqual([
      expect.stringMatching(/^environment: must be 2 to 31 lower-case letters/u),
      expect.stringMatching(
        /^issuer: must be the address of an OpenID Connect issuer.*exactly as it stands in the `iss` claim/u,
      ),
      expect.stringMatching(/^audience: must name at least one audience/u),
      expect.stringMatching(/^colour: not a known setting \(known are environment, identity, issuer/u),
    ]);
  });

  test('names what is missing', () => {
    expect(faultsOf({})).toEqual([
      expect.stringMatching(/^environment: is missing/u),
      expect.stringMatching(/^issuer: is missing/u),
      expect.stringMatching(/^audience: is missing/u),
    ]);
  });

  test('says where to mend it, and shows one that works', () => {
    const { message } = new ConfigurationError(['issuer: is missing']);
    expect(message).toContain('cdk.json under context.hearth');
    const example: unknown = JSON.parse(message.slice(message.indexOf('\n{')));
    expect(readConfiguration(example)).toMatchObject({ environment: 'production' });
  });

  test.each(['http://127.0.0.1:4010', 'http://localhost:4010', 'https://login.example.test/realms/x'])(
    'accepts the issuer %s',
    (issuer) => {
      expect(readConfiguration({ ...working, issuer }).issuer).toBe(issuer);
    },
  );

  test.each(['http://login.example.test', 'http://127.0.0.1.example.test'])(
    'refuses the issuer %s: tokens need TLS',
    (issuer) => {
      expect(faultsOf({ ...working, issuer })).toEqual([expect.stringMatching(/^issuer: must start with https/u)]);
    },
  );
});
