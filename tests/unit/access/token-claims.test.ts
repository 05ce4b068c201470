import { describe, expect, test } from 'vitest';
import { withClaims } from '../../../functions/token-claims/token-claims.ts';

const names = { role: 'role', division: 'division', agency: 'agency' };
const person = (userAttributes: Record<string, string>) => ({
  version: '3',
  triggerSource: 'TokenGeneration_HostedAuth',
  userPoolId: 'pool',
  request: { userAttributes, scopes: ['openid'] },
  response: {},
});
const client = (...scopes: string[]) => ({
  version: '3',
  triggerSource: 'TokenGeneration_ClientCredentials',
  request: { userAttributes: {}, scopes },
  response: {},
});
const added = (claims: Record<string, string>) => ({
  response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: claims } } },
});

describe('the access token of a user pool', () => {
  test('carries what the administrator wrote of a person', () => {
    const event = person({ 'sub': 'x', 'custom:role': 'approver', 'custom:division': '140922' });
    expect(withClaims(event, names)).toMatchObject({
      userPoolId: 'pool',
      ...added({ role: 'approver', division: '140922' }),
    });
  });

  test('carries of a client the agency its scope names', () => {
    const scope = 'hearth/agency.disabled-persons-federation.140922';
    expect(withClaims(client(scope), names)).toMatchObject(
      added({ role: 'agency', division: '140922', agency: 'disabled-persons-federation' }),
    );
  });

  test('has the claims under the names of the deployment', () => {
    const event = person({ 'custom:role': 'auditor', 'custom:division': '14' });
    const called = { role: 'https://x.test/role', division: 'd', agency: 'a' };
    expect(withClaims(event, called)).toMatchObject(added({ 'https://x.test/role': 'auditor', 'd': '14' }));
  });

  test.each([
    ['a person without a role', person({ 'custom:division': '140922' })],
    ['a person without a division', person({ 'custom:role': 'approver' })],
    ['a role that is not', person({ 'custom:role': 'root', 'custom:division': '14' })],
    ['an approver of the whole province', person({ 'custom:role': 'approver', 'custom:division': '14' })],
    [
      'an officer with an agency',
      person({ 'custom:role': 'approver', 'custom:division': '140922', 'custom:agency': 'x-1' }),
    ],
    ['a client without a scope', client()],
    ['a client with a scope of another kind', client('hearth/agency.bureau', 'openid')],
    ['a client of two agencies', client('hearth/agency.one.14', 'hearth/agency.two.14')],
    ['something else', { any: 1 }],
  ])('is not given for %s', (_, event) => {
    expect(() => withClaims(event, names)).toThrow();
  });
});
