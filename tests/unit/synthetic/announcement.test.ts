import { expect, test } from 'vitest';
import { Instant } from '../../../domain/dates.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { announcement } from '../../../synthetic/announcement.ts';
import { demoClients } from '../../../synthetic/demo-clients.ts';
import type { Readiness } from '../../../synthetic/readiness.ts';

const readinessOf = (county: string): Readiness => ({
  apiUrl: 'http://127.0.0.1:1',
  controlUrl: 'http://127.0.0.1:2',
  issuerUrl: 'http://127.0.0.1:3',
  dynamodbUrl: 'http://127.0.0.1:4',
  dataFolder: '/somewhere/.hearth',
  pid: 1,
  now: Instant.parse('2026-03-01T17:00:00.000Z'),
  clients: demoClients(DivisionCode.parse(county)),
  county: { code: county, name: '五台县', seed: 'hearth' },
  summary: {
    households: 2_000,
    people: 2_977,
    tiers: { MARGINAL: 82 },
    monthlyFen: 81_449_242,
    determinations: 1,
    flawed: 0,
    overlooked: 0,
    samples: [{ determinationId: 'det_1', tier: 'MARGINAL', outcome: 'granted' }],
  },
  reused: { assembly: false, county: false },
  seconds: { synthesis: 5, platform: 1, seeding: 5, total: 11 },
  residentMegabytes: 300,
});

test.each(['en', 'zh'] as const)('in %s it says where everything answers and who may log in', (language) => {
  const text = announcement(readinessOf('140922'), language);
  const { apiUrl, controlUrl, issuerUrl, dataFolder, clients } = readinessOf('140922');
  for (const said of [apiUrl, controlUrl, issuerUrl, dataFolder, '2,977', '814,492', 'det_1'])
    expect(text).toContain(said);
  for (const { clientId, claims } of clients) {
    expect(text).toMatch(new RegExp(`${clientId} +development-only +${claims.role} +${claims.division} `, 'u'));
  }
});

test('each language is written in its own words', () => {
  const han = /\p{Script=Han}/u;
  const withoutNames = announcement(readinessOf('140922'), 'en').replaceAll(/五台县|台城镇|代县|山西省/gu, '');
  expect(han.test(withoutNames)).toBe(false);
  expect(announcement(readinessOf('140922'), 'zh')).toContain('可以试试');
});

test('the visit is dated by the day it is in China', () => {
  expect(announcement(readinessOf('140922'), 'en')).toContain('"visitedOn":"2026-03-02"');
});

test('in another county the example applies to a township of that county', () => {
  expect(announcement(readinessOf('140922'), 'en')).toContain('cat ');
  expect(announcement(readinessOf('140105'), 'en')).toContain('sed s/140922100/140105001/');
});
