import { beforeAll, expect, test } from 'vitest';
import { metricCatalogue } from '../../contracts/metrics.ts';
import { type RateLimitSettings, usualRateLimits } from '../../domain/access/rate-limits.ts';
import { type Resource, resourcesOf, synthesize } from './synthesize.ts';

let alarms: readonly Resource[];
beforeAll(() => {
  alarms = [...resourcesOf(synthesize().stateless, 'AWS::CloudWatch::Alarm').values()].filter(
    ({ Properties }) => Properties['Namespace'] === 'Hearth',
  );
});

test('every metric of the catalogue with a threshold has its alarm, and no other has', () => {
  const expected = Object.entries(metricCatalogue).flatMap(([name, { alarm, impact }]) =>
    alarm === null ? [] : [[name, alarm.threshold, alarm.minutes * 60, impact]],
  );
  const found = alarms.map(({ Properties: { MetricName, Threshold, Period, AlarmDescription } }) => [
    MetricName,
    Threshold,
    Period,
    AlarmDescription,
  ]);
  expect(found.toSorted()).toEqual(expected.toSorted());
  for (const { Properties } of alarms) {
    expect(Properties).toMatchObject({ Statistic: 'Sum', Dimensions: [{ Name: 'service', Value: 'hearth' }] });
  }
});

test('an agency that is refused and a counter that cannot be reached wake somebody', () => {
  expect(alarms.map(({ Properties }) => Properties['MetricName'])).toEqual(
    expect.arrayContaining(['AgencyRequestsLimited', 'RateCounterUnreachable']),
  );
});

test('every function is given the limits of the configuration, and the usual ones hold where it names none', () => {
  const limits = (rateLimits: RateLimitSettings): unknown[] =>
    [...resourcesOf(synthesize({ rateLimits }).stateless, 'AWS::Lambda::Function').values()].flatMap(({ Properties }) =>
      Object.values(Properties['Environment'] ?? {}).map((variables) => variables['RATE_LIMITS']),
    );
  expect(new Set(limits({ agency: { requests: 7 } }))).toEqual(new Set(['{"agency":{"requests":7}}']));
  expect(new Set(limits({}))).toEqual(new Set(['{}']));
  expect(usualRateLimits.agency.requests).toBe(600);
});
