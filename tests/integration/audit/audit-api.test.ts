import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamodbAuditChain } from '../../../adapters/dynamodb/audit-chain.ts';
import { digest } from '../../../adapters/runtime.ts';
import { AuditEntryList, AuditHeadsView } from '../../../contracts/api/audit.ts';
import type { Principal } from '../../../contracts/principal.ts';
import { Instant } from '../../../domain/dates.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { UtcDay } from '../../../domain/utc-day.ts';
import { listEntries } from '../../../functions/audit/list-entries.ts';
import { createHeadsReader } from '../../../functions/audit/read-heads.ts';
import { chainOf } from '../../support/audit.ts';
import { type AuditWorld, makeAuditWorld } from '../../support/audit-world.ts';
import { startTables, type TestTables } from '../../support/engine.ts';
import { bodyOf } from '../../support/reviews.ts';

let tables: TestTables;
let world: AuditWorld;
beforeAll(async () => {
  tables = await startTables();
  world = await makeAuditWorld(tables);
});
afterAll(() => tables.stop());

const auditorOf = (division: string): Principal => ({
  subject: 'auditor-1',
  role: 'auditor',
  division: DivisionCode.parse(division),
  agency: null,
});
const list = (division: string, day: string, of = '14', page = { limit: 100, after: null as string | null }) =>
  listEntries({ chains: dynamodbAuditChain(tables.tables), digest }, auditorOf(of), chainOf(division, day), page);

describe('the published heads', () => {
  test('of a closed day come from its roll-up, of an open day from its chains, and hold nothing but hashes and counts', () => {
    const [before, closed, open] = world.published;
    for (const heads of world.published) expect(AuditHeadsView.parse(heads)).toEqual(heads);
    expect(before).toMatchObject({ closed: true, heads: [{ entries: 4 }, { entries: 4 }] });
    expect(closed).toMatchObject({ closed: true, previous: before?.rollUp, heads: [{ entries: 7 }, { entries: 6 }] });
    expect(open).toMatchObject({
      closed: false,
      rollUp: null,
      heads: [
        { blocks: 2, entries: 6 },
        { blocks: 2, entries: 6 },
      ],
    });
  });

  test('of an open day are read once a minute, however many ask, and those of a day to come not at all', async () => {
    const chains = dynamodbAuditChain(tables.tables);
    let asked = 0;
    let at = Instant.parse('2026-03-04T09:00:00.000Z');
    const read = createHeadsReader({
      chains: {
        ...chains,
        head: (chain) => {
          asked += 1;
          return chains.head(chain);
        },
      },
      divisions: [DivisionCode.parse(world.on.division)],
      now: () => at,
    });
    const day = UtcDay.parse(world.on.openDay);
    await Promise.all([read(day), read(day), read(day)]);
    expect(asked).toBe(1);
    at = Instant.parse('2026-03-04T09:01:00.000Z');
    await read(day);
    expect(asked).toBe(2);
    expect(bodyOf(await read(UtcDay.parse('2027-01-01')))).toMatchObject({ closed: false, heads: [] });
    expect(asked).toBe(2);
  });
});

describe('the entries of a division and day', () => {
  test('are listed for auditors in pages, oldest first, with all their attributes and the hash of their block', async () => {
    const { division, day } = world.on;
    const first = await list(division, day, '14', { limit: 4, after: null });
    const rest = await list(division, day, '14', { limit: 4, after: first.ok ? String(first.next) : null });
    const entries = [...bodyOf(first).entries, ...bodyOf(rest).entries];
    expect(AuditEntryList.parse({ entries, nextCursor: null }).entries).toHaveLength(7);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    expect(entries[3]).toMatchObject({
      type: 'IdentityDisclosed',
      more: { purpose: 'field-visit', fields: ['name', 'phone'] },
    });
    const blocks = await dynamodbAuditChain(tables.tables).blocks(chainOf(division, day), 0);
    const hashes = blocks.flatMap((block) => block.entries.map(({ hash }) => hash));
    expect(entries.map(({ hash }) => hash).toSorted()).toEqual(hashes.toSorted());
  });

  test('are no other day’s, whatever a page is asked to begin after', async () => {
    const { division, day, dayBefore, openDay } = world.on;
    const listed = async (after: string | null) => {
      const { entries } = bodyOf(await list(division, day, '14', { limit: 100, after }));
      return { count: entries.length, days: [...new Set(entries.map(({ at }) => at.slice(0, 10)))] };
    };
    expect(await listed(null)).toEqual({ count: 7, days: [day] });
    expect(await listed(`${dayBefore}T10:00:00.000Z#evt_1`)).toEqual({ count: 7, days: [day] });
    expect(await listed(`${openDay}T01:00:00.000Z#evt_1`)).toEqual({ count: 0, days: [] });
    const last = await list(division, day, '14', { limit: 7, after: null });
    expect(await listed(last.ok ? String(last.next) : null)).toEqual({ count: 0, days: [] });
  });

  test('are refused to an auditor of another division', async () => {
    const { division, otherDivision, day } = world.on;
    expect(await list(division, day, otherDivision)).toMatchObject({ ok: false, problem: 'forbidden' });
    expect(await list(division, day, division)).toMatchObject({ ok: true });
    expect(await list('14', day, division)).toMatchObject({ ok: false, problem: 'forbidden' });
  });
});
