import { describe, expect, test } from 'vitest';
import { callerRoles } from '../../../domain/access/roles.ts';
import { countyOf, DivisionCode, isWithin } from '../../../domain/people/divisions.ts';
import { counties, townshipsOf } from '../../../policies/divisions/divisions.ts';
import { demoClients, demoCounty } from '../../../synthetic/demo-clients.ts';

describe.each(counties().map(({ code }) => code))('the log-ins of %s', (county) => {
  test('two investigators of one township, two who may confirm, and somebody of another county', () => {
    const clients = demoClients(county);
    const divisionsOf = (role: string): DivisionCode[] =>
      clients.filter(({ claims }) => claims.role === role).map(({ claims }) => claims.division);
    const [first, second] = divisionsOf('township-worker');
    expect(first).toBe(second);
    expect(townshipsOf(county).some(({ code }) => code === first)).toBe(true);
    expect(divisionsOf('approver')).toEqual([county, county]);
    const [own, other] = divisionsOf('county-worker');
    expect(own).toBe(county);
    expect(other !== undefined && !isWithin(other, county) && countyOf(other) === other).toBe(true);
  });
});

test('everybody has a name of their own, and every role that a route admits has a log-in', () => {
  const clients = demoClients(demoCounty);
  expect(new Set(clients.map(({ clientId }) => clientId)).size).toBe(clients.length);
  expect(new Set(clients.map(({ claims }) => claims.role))).toEqual(
    new Set(callerRoles.filter((role) => role !== 'public')),
  );
});

test('a county that Shanxi does not have is refused', () => {
  expect(() => demoClients(DivisionCode.parse('149999'))).toThrow('Shanxi has no county 149999');
});
