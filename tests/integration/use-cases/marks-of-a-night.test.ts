import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { dynamodbKeyStore } from '../../../adapters/dynamodb/dynamodb-key-store.ts';
import { alikeKey } from '../../../domain/missed-needs/scan-of.ts';
import { comparePeople } from '../../../functions/compare-people/compare-people.ts';
import { erasePerson } from '../../../functions/keys/erase-person.ts';
import { scanSegment } from '../../../functions/scan-segment/scan-segment.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { principal } from '../../support/people.ts';
import { registrations } from '../../support/registrations.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
let on: ReturnType<typeof registrations>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = dailyScans(roster);
  on = registrations(roster, of);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

describe('what a night keeps of people', () => {
  const laidDown = async (day: string): Promise<string> => {
    const progress = await of.dependencies.scans.segment(day as never, 0);
    return (progress?.people ?? []).map(({ name }) => of.objects.content(alikeKey(day as never, name)) ?? '').join('');
  };

  const erase = async ({ personId, householdId }: Awaited<ReturnType<typeof on.register>>): Promise<void> => {
    const keys = dynamodbKeyStore(roster.tables, roster.vault.dataKeys);
    const erased = await erasePerson(
      { ...of.dependencies, keys, retentionDays: 0 },
      {
        principal: principal('administrator', '14', 'an-administrator'),
        personId,
        body: { householdId, reason: 'person-request' },
        ifMatch: 1,
        idempotencyKey: 'key-of-an-erasure',
        fingerprint: 'a fingerprint',
      },
    );
    expect(erased.ok).toBe(true);
  };

  test('is marks and ids, without a name, a number or a birth date, and marks are other ones the next night', async () => {
    const { first, second } = await on.listedTwice();
    await on.scanOn('2026-03-03');
    await on.scanOn('2026-03-04');
    const [one, next] = [await laidDown('2026-03-03'), await laidDown('2026-03-04')];
    expect(one).toContain(first.personId);
    expect(one).toContain(second.personId);
    expect(one).toMatch(/^(?:[0-9a-f]{24} hh_[0-9a-f]{32} per_[0-9a-f]{32} \d{9} [a-z-]+ living\n){2}$/u);
    const [marks, others] = [one, next].map((text) => new Set(text.match(/^[0-9a-f]{24}/gmu)));
    expect([marks?.size, others?.size]).toEqual([1, 1]);
    expect([...(marks ?? [])]).not.toEqual([...(others ?? [])]);
  });

  test('has nothing of somebody who was erased, and who is alike finds nobody', async () => {
    const { first, second } = await on.listedTwice();
    await erase(second);
    expect(on.linesOf(await on.scanOn('2026-03-03'))).toEqual([]);
    const kept = await laidDown('2026-03-03');
    expect([kept.includes(first.personId), kept.includes(second.personId)]).toEqual([true, false]);
  });

  test('opens no task about somebody who has gone since the segments were read', async () => {
    const { first, second } = await on.listedTwice();
    of.nightOf('2026-03-03');
    const { day } = await of.begin();
    while (!(await scanSegment(of.dependencies, { day, segment: 0 })).done);
    await of.rewrite(second.value, {}, { deceasedOn: '2026-03-02' as never });
    await comparePeople(of.dependencies, { day });
    // The record that is known to be dead by now is asked about nobody; the one that lives on beside it is.
    expect(await on.openTasks()).toMatchObject([{ householdId: first.householdId }]);
  });

  test('opens no task beside somebody who was erased since the segments were read', async () => {
    const { second } = await on.listedTwice();
    of.nightOf('2026-03-03');
    const { day } = await of.begin();
    while (!(await scanSegment(of.dependencies, { day, segment: 0 })).done);
    await erase(second);
    await comparePeople(of.dependencies, { day });
    expect(await on.openTasks()).toEqual([]);
  });

  test('is not compared before every segment is done', async () => {
    of.nightOf('2026-03-03');
    const { day } = await of.begin();
    await expect(comparePeople(of.dependencies, { day })).rejects.toThrow(/0 of 1 segments are done/u);
  });
});
