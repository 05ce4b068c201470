import type { AuditHeadsView } from '../../contracts/api/audit.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import { UtcDay } from '../../domain/utc-day.ts';
import { createHeadsReader } from '../../functions/audit/read-heads.ts';
import { auditEntry, auditOn, chainOf, storedForm } from './audit.ts';
import { type ExportedItem, exportedItems } from './audit-export.ts';
import type { TamperedChain } from './audit-forging.ts';
import type { Item, TestTables } from './engine.ts';
import { bodyOf } from './reviews.ts';

/** An Audit table with days of every sort, made by the functions themselves, as an export has it; and what was published of it. */
export interface AuditWorld {
  readonly items: readonly ExportedItem[];
  readonly published: readonly AuditHeadsView[];
  readonly on: TamperedChain;
}

const on: TamperedChain = {
  division: '140121',
  day: '2026-03-03',
  dayBefore: '2026-03-02',
  openDay: '2026-03-04',
  otherDivision: '140922',
};

/** An entry of every type of attribute there is, about somebody having looked at a person, with its copy in the person's record. */
const looking = (at: string): Item[] => {
  const original = auditEntry(on.division, at, 'looking', {
    type: 'IdentityDisclosed',
    personId: `per_${'1'.repeat(32)}`,
    purpose: 'field-visit',
    fields: ['name', 'phone'],
  });
  const { pk: filedUnder, ...rest } = original;
  return [original, { ...rest, pk: `PERSON#per_${'1'.repeat(32)}`, filedUnder }];
};

export const makeAuditWorld = async (tables: TestTables): Promise<AuditWorld> => {
  const bench = auditOn(tables, `${on.dayBefore}T10:00:00.000Z`);
  const divisions = [on.division, on.otherDivision];
  const write = async (division: string, day: string, from: number, to: number): Promise<void> => {
    const entries = Array.from({ length: to - from }, (_, index) =>
      auditEntry(
        division,
        `${day}T${String(from + index).padStart(2, '0')}:00:00.000Z`,
        `${division} ${day} ${from + index}`,
        {
          amount: 12.5,
          flag: true,
          bytes: new Uint8Array([1, 2, 3]),
          nested: { list: [1, 'two', null], empty: {} },
        },
      ),
    );
    await bench.store(entries);
    await bench.chainer().chain(chainOf(division, day), entries.map(storedForm));
  };
  await bench.sweep(...divisions);
  for (const division of divisions) await write(division, on.dayBefore, 10, 14);
  for (const day of [on.day, on.openDay]) {
    bench.setTime(`${day}T01:00:00.000Z`);
    await bench.sweep(...divisions);
    for (const division of divisions) {
      bench.setTime(`${day}T04:00:00.000Z`);
      await write(division, day, 1, 4);
      if (day === on.day) await bench.store(looking(`${day}T04:30:00.000Z`).filter(() => division === on.division));
      bench.setTime(`${day}T08:00:00.000Z`);
      await write(division, day, 5, 8);
    }
  }
  // Stored long after its day was closed: a late block, in the one division.
  await bench.store([auditEntry(on.otherDivision, `${on.day}T23:00:00.000Z`, 'late')]);
  await bench.sweep(...divisions);
  bench.setTime(`${on.openDay}T08:10:00.000Z`);
  const read = createHeadsReader({
    chains: bench.chains,
    divisions: divisions.map((code) => DivisionCode.parse(code)),
    now: bench.dependencies.now,
  });
  const published: AuditHeadsView[] = [];
  for (const day of [on.dayBefore, on.day, on.openDay]) published.push(bodyOf(await read(UtcDay.parse(day))));
  if (bench.failures.length > 0) throw new AggregateError(bench.failures, 'the world could not be made');
  return { items: await exportedItems(tables), published, on };
};
