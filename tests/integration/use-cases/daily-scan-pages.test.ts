import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dynamodbDailyScanStore } from '../../../adapters/dynamodb/dynamodb-daily-scan-store.ts';
import { LocalDate } from '../../../domain/dates.ts';
import { scanSegment } from '../../../functions/scan-segment/scan-segment.ts';
import { dailyScans } from '../../support/daily-scan.ts';
import { county } from '../../support/people.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';

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

describe('a scan, page by page,', () => {
  test('is shared among several calls also where the roster is a county’s', async () => {
    of.nightOf('2026-04-11');
    const { scans } = of.dependencies;
    const small = { ...of.dependencies, scans: { ...scans, estimatedRows: async () => 60_000 } };
    expect(await of.begin(small)).toMatchObject({ segments: 6 });
  });

  test('asks the store as often for a page of many households as for one of one', async () => {
    const requestsOn = async (day: string): Promise<number> => {
      const send = vi.spyOn(roster.tables.client, 'send');
      await of.scanOn(day);
      const { length } = send.mock.calls;
      send.mockRestore();
      return length;
    };
    const add = async (names: readonly string[]): Promise<void> => {
      for (const name of names) await of.left(name, { decidedOn: '2026-02-10' });
    };
    await add(['one']);
    await of.scanOn('2026-04-11');
    const ofOne = await requestsOn('2026-04-12');
    await add(['two', 'three', 'four']);
    await of.scanOn('2026-04-13');
    expect(await of.counted('left-still-in-hardship')).toMatchObject({ found: 4 });
    expect(await requestsOn('2026-04-14')).toBe(ofOne);
  });

  test('holds a page at a time, whatever the size of the roster', async () => {
    await of.household('one');
    of.nightOf('2026-04-11');
    const scans = dynamodbDailyScanStore(roster.tables, roster.vault);
    const all = { day: LocalDate.parse('2026-04-11'), segment: 0, of: 1, position: null };
    const [first] = (await scans.rows(all)).households;
    if (first === undefined) throw new Error('no household');
    // A roster without an end, given in pages: a step asks for the next when it is done with one, and ends after its parts.
    let pages = 0;
    const households = Array.from({ length: 125 }, () => ({ ...first, standing: null }));
    const endless = {
      ...scans,
      rows: async () => {
        pages += 1;
        return { households, referrals: [], next: JSON.stringify({ pk: 'HOUSEHOLD#x', sk: `${pages}` }) };
      },
    };
    const scan = await of.begin();
    const step = { day: scan.day, segment: 0 };
    expect(await scanSegment({ ...of.dependencies, scans: endless }, step)).toEqual({ ...step, done: false });
    expect(pages).toBe(16);
    const noted = await scans.segment(scan.day, 0);
    expect(noted).toMatchObject({ parts: 8, done: false, counties: [{ county, households: 2_000, kinds: [] }] });
  });
});
