import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalDate } from '../../../domain/dates.ts';
import { scanSegment } from '../../../functions/scan-segment/scan-segment.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { county, otherCountyWorker, principal } from '../../support/people.ts';
import { bodyOf } from '../../support/reviews.ts';
import { startRoster, type TestRoster, writesNothing } from '../../support/roster.ts';

let roster: TestRoster;
let of: ReturnType<typeof dailyScans>;
const started: TestRoster[] = [];
beforeEach(async () => {
  roster = await startRoster();
  started.push(roster);
  of = dailyScans(roster);
});
afterAll(async () => {
  await Promise.all(started.map((each) => each.stop()));
});

const delivery = 'entitled-not-delivered' as const;
const provincial = principal('provincial', '14', 'feng-province');
const nothing = { found: 0, opened: 0, byTask: 0, byReview: 0, byPaymentRun: [] };

describe('a scan', () => {
  test('that is killed in the middle goes on and counts as if it had not been', async () => {
    for (let number = 0; number < 12; number += 1) await of.household(`unpaid ${number}`);
    of.nightOf('2026-04-11');
    const { dependencies } = of;
    const scan = await of.begin();
    let commits = 0;
    const store = {
      ...dependencies.store,
      commit: async (...change: Parameters<typeof dependencies.store.commit>) => {
        commits += 1;
        if (commits > 5) throw new Error('the process was killed');
        return dependencies.store.commit(...change);
      },
    };
    await expect(of.walk(scan, { ...dependencies, store })).rejects.toThrow(/killed/u);
    expect(bodyOf(await of.read(scan.day))).toMatchObject({ state: 'under-way', endedAt: null });
    await of.walk(scan);
    expect(await of.counted(delivery)).toEqual({ ...nothing, found: 12, opened: 12 });
    expect(await of.tasks()).toHaveLength(12);
    expect(bodyOf(await of.read(scan.day))).toMatchObject({ state: 'ended', households: 12 });
  });

  test('notes each part once: of two calls that read the same, the slower goes on behind the faster', async () => {
    of.nightOf('2026-04-11');
    const { day } = await of.begin();
    const { scans } = of.dependencies;
    const part = { segment: 0, parts: 1, position: '{}', done: false, at: roster.at(), counties: [], people: [] };
    expect([await scans.storeProgress(day, part), await scans.storeProgress(day, part)]).toEqual([true, false]);
    const next = { ...part, parts: 2 };
    expect([await scans.storeProgress(day, next), await scans.storeProgress(day, next)]).toEqual([true, false]);
    expect(await scans.segment(day, 0)).toEqual(next);
  });

  test('reads in each call the notes of its own segment, and of no other: with a province they are megabytes', async () => {
    await of.household('unpaid');
    of.nightOf('2026-04-11');
    const { day } = await of.begin();
    const scan = async (): Promise<never> => {
      throw new Error('all notes were read');
    };
    const scans = { ...of.dependencies.scans, scan };
    expect(await scanSegment({ ...of.dependencies, scans }, { day, segment: 0 })).toMatchObject({ done: true });
  });

  test('repeated after its end writes nothing', async () => {
    await of.household('unpaid');
    await of.scanOn('2026-04-11');
    const [scan] = of.started;
    if (scan === undefined) throw new Error('none');
    await writesNothing(roster, () => of.walk(scan));
    await writesNothing(roster, () => of.begin());
  });

  test('begun again is the one that was begun, with its segments', async () => {
    of.nightOf('2026-04-11');
    const first = await of.begin();
    roster.pass({ minutes: 20 });
    const { scans } = of.dependencies;
    const grown = { ...of.dependencies, scans: { ...scans, estimatedRows: async () => 6_000_000 } };
    expect(await of.begin(grown)).toEqual(first);
    roster.pass({ days: 1 });
    expect(await of.begin(grown)).toMatchObject({ day: '2026-04-12', segments: 256 });
  });

  test('of a day on which none was begun is not there, and that is said', async () => {
    expect(await of.read(LocalDate.parse('2026-04-11'))).toEqual({ ok: false, problem: 'no-daily-scan' });
    const step = { day: LocalDate.parse('2026-04-11'), segment: 0 };
    await expect(scanSegment(of.dependencies, step)).rejects.toThrow(/was not begun/u);
  });

  test('tells a county what is the county’s, and the province everything', async () => {
    await of.household('unpaid');
    await of.scanOn('2026-04-11');
    const day = LocalDate.parse('2026-04-11');
    expect(bodyOf(await of.read(day, otherCountyWorker))).toMatchObject({
      state: 'ended',
      households: 0,
      counties: [],
    });
    const all = bodyOf(await of.read(day, provincial));
    expect(all).toMatchObject({ households: 1, unreadable: 0, beganAt: roster.at(), endedAt: roster.at() });
    expect(all.counties.map((each) => each.county)).toEqual([county]);
    for (const { kind } of all.counties[0]?.lines ?? []) expect([kind.zh, kind.en, kind.citation]).not.toContain('');
  });
});
