import { expect, test } from 'vitest';
import { z } from 'zod';
import { runHearth } from '../fake-terminal.ts';
import { rewritten, syntheticExport } from '../synthetic-export.ts';

const Said = z.looseObject({
  invariants: z.array(z.looseObject({ id: z.string(), violations: z.int(), counted: z.record(z.string(), z.int()) })),
});

const hex = 'a'.repeat(32);
const text = (value: string) => ({ S: value });
const early = '2026-05-04T16:00:00.000Z';
const late = '2026-06-04T16:00:00.000Z';

/** A referral as the table has it; the export is of 1 June 2026. */
const rowOf = (
  state: string,
  dueAt: string | null,
  escalatedAt: string | null,
  list: readonly [county: string, department: string] = ['140121', 'health'],
) => ({
  pk: text(`REFERRAL#ref_${hex}`),
  sk: text('STATE'),
  version: { N: '1' },
  state: text(state),
  division: text('140121101'),
  department: text('health'),
  referralId: text(`ref_${hex}`),
  due: dueAt === null ? { NULL: true } : { M: { dueAt: text(dueAt), basis: text('assumption') } },
  escalatedAt: escalatedAt === null ? { NULL: true } : text(escalatedAt),
  ...(dueAt === null
    ? {}
    : {
        wpk: text(`REFERRALS#${list[0].slice(0, 4)}`),
        wsk: text(`${list[0]}#${list[1]}#${escalatedAt === null ? '' : '!'}${dueAt}#ref_${hex}`),
      }),
});

const counted = async (row: object) => {
  const folder = await syntheticExport(1);
  rewritten(folder, 'roster', (lines) => [...lines, JSON.stringify({ Item: row })]);
  const { invariants } = Said.parse((await runHearth(['reconcile', '--export', folder, '--json'])).object());
  const of = (id: string) => invariants.find((each) => each.id === id);
  return { i3: of('I3'), i8: of('I8')?.violations, i9: of('I9')?.violations };
};

test.each([
  ['is within its time', rowOf('sent', late, null), 'referrals within their time'],
  ['is escalated since it was late', rowOf('accepted', early, '2026-05-04T16:05:00.000Z'), 'referrals escalated'],
  ['is closed', rowOf('closed', null, null), 'referrals closed'],
  ['was withdrawn', rowOf('withdrawn', null, null), 'referrals withdrawn'],
])('a referral that %s is counted, and breaks nothing', async (_what, row, name) => {
  const { i3, i8, i9 } = await counted(row);
  expect([i3?.violations, i8, i9]).toEqual([0, 0, 0]);
  expect(i3?.counted[name]).toBe(1);
});

test.each([
  ['is late and was not escalated', rowOf('sent', early, null)],
  ['was escalated before it was late', rowOf('sent', late, early)],
  ['is open without a deadline', rowOf('reported', null, null)],
  ['is closed and still has a deadline', rowOf('closed', late, null)],
])('a referral that %s is found', async (_what, row) => {
  expect((await counted(row)).i3?.violations).toBeGreaterThan(0);
});

test.each([
  ['140121', 'education'],
  ['140105', 'health'],
] as const)("a referral in the list of %s %s, which is another's, is found", async (county, department) => {
  expect((await counted(rowOf('sent', late, null, [county, department]))).i9).toBe(1);
});
