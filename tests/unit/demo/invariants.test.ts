import { describe, expect, it } from 'vitest';
import { invariantsOfRecords } from '../../../demo/invariants.ts';
import { replay } from '../../../demo/replay.ts';
import type { Records } from '../../../demo/world.ts';

type Row = Record<string, unknown>;

const rows: readonly Row[] = [
  { pk: 'APPLICATION#app_1', sk: 'STATE', version: 2, state: 'granted', applicationId: 'app_1' },
  { pk: 'REVIEW#rev_1', sk: 'STATE', version: 4, state: 'concluded', assessors: ['worker-1', 'worker-2'] },
  { pk: 'TASK#tsk_1', sk: 'STATE', version: 2, state: 'completed' },
  {
    pk: 'DETERMINATION#det_1',
    sk: 'STATE',
    version: 1,
    applicationId: 'app_1',
    reviewId: 'rev_1',
    confirmedBy: 'approver',
  },
];

const entry = (at: number, type: string, role: string, ...records: string[]): Row => ({
  pk: '140922',
  sk: `2026-03-02T01:00:0${at}.000Z#evt_${at}`,
  type,
  role,
  records,
});

const audit: readonly Row[] = [
  entry(1, 'ApplicationSubmitted', 'township-worker', 'application app_1 1', 'review rev_1 1'),
  entry(2, 'TiersEvaluated', 'workflow', 'review rev_1 2'),
  entry(3, 'TaskOpened', 'workflow', 'task tsk_1 1'),
  entry(4, 'TaskCompleted', 'township-worker', 'task tsk_1 2'),
  entry(5, 'OpinionFormed', 'workflow', 'review rev_1 3'),
  entry(6, 'DeterminationRecorded', 'workflow', 'application app_1 2', 'review rev_1 4', 'determination det_1 1'),
];

const change = (pk: string, changes: Row): readonly Row[] =>
  rows.map((row) => (row['pk'] === pk ? { ...row, ...changes } : row));

const broken = (records: Partial<Records>): string[] =>
  invariantsOfRecords({ roster: rows, audit, ...records }, ['张福贵', '149901195708142133'])
    .filter(({ violations }) => violations.length > 0)
    .map(({ name }) => name.en);

describe('what must hold in the tables', () => {
  it('holds for a case that went its lawful way', () => {
    expect(broken({})).toEqual([]);
  });

  it.each([
    ['a version without an audit entry', { roster: change('TASK#tsk_1', { version: 3 }) }, 'without a gap'],
    ['an audit entry that is missing', { audit: audit.toSpliced(3, 1) }, 'without a gap'],
    ['an entry that was made twice', { audit: [...audit, entry(7, 'TaskReminded', 'sweep', 'task tsk_1 2')] }, 'gap'],
    ['a state nothing led to', { roster: change('TASK#tsk_1', { state: 'cancelled' }) }, 'lifecycle allows'],
    ['a state that does not exist', { roster: change('REVIEW#rev_1', { state: 'forgotten' }) }, 'lifecycle allows'],
    [
      'a move by somebody who may not make it',
      { audit: audit.toSpliced(4, 1, entry(5, 'OpinionFormed', 'approver', 'review rev_1 3')) },
      'lifecycle allows',
    ],
    [
      'a second determination',
      {
        roster: [...rows, { ...rows[3], pk: 'DETERMINATION#det_2' }],
        audit: [...audit, entry(7, 'DeterminationRecorded', 'workflow', 'determination det_2 1')],
      },
      'one determination',
    ],
    ['a confirmation by an assessor', { roster: change('DETERMINATION#det_1', { confirmedBy: 'worker-2' }) }, 'nobody'],
    ['a name in plain text', { roster: change('TASK#tsk_1', { note: '张福贵在家' }) }, 'can be read'],
    [
      'an ID in the audit',
      {
        audit: audit.toSpliced(2, 1, {
          ...entry(3, 'TaskOpened', 'workflow', 'task tsk_1 1'),
          x: '149901195708142133',
        }),
      },
      'can be read',
    ],
    ['an event left behind', { roster: [...rows, { pk: 'OUTBOX#3', sk: 'x' }] }, 'outbox'],
  ] as const)('is broken by %s', (_, records, name) => {
    expect(broken(records).some((invariant) => invariant.includes(name))).toBe(true);
  });
});

describe('replaying a record', () => {
  const step = (event: Parameters<typeof replay>[1][number]['event'], role: string) => ({ event, role });

  it('follows a task through reminder, escalation and extension', () => {
    const steps = [
      step('TaskOpened', 'workflow'),
      step('TaskReminded', 'sweep'),
      step('TaskEscalated', 'sweep'),
      step('TaskExtended', 'county-worker'),
      step('TaskCompleted', 'township-worker'),
    ];
    expect(replay('task', steps)).toEqual(['completed']);
  });

  it('follows a payment run page by page to its release, and a line that is paid or held at it', () => {
    const run = [
      step('PaymentRunRequested', 'county-worker'),
      step('PaymentRunContinued', 'workflow'),
      step('PaymentRunChecked', 'workflow'),
      step('PaymentRunReleaseBegun', 'approver'),
      step('PaymentRunContinued', 'workflow'),
      step('PaymentRunReleased', 'workflow'),
    ];
    expect(replay('payment-run', run)).toEqual(['released']);
    const listed = step('PaymentRunChecked', 'workflow');
    expect(replay('payment-line', [listed])).toEqual(['ready', 'held']);
    expect(replay('payment-line', [listed, step('PaymentLineReleased', 'workflow')])).toEqual(['released']);
    expect(replay('payment-line', [listed, step('PaymentLineHeld', 'workflow')])).toEqual(['held']);
    expect(replay('payment-line', [listed, step('PaymentLineReleased', 'county-worker')])).toEqual([]);
    const unlisted = step('PaymentRunReleaseBegun', 'approver');
    expect(replay('payment-run', [step('PaymentRunRequested', 'county-worker'), unlisted])).toEqual([]);
  });

  it('finds no state after a move that was not allowed', () => {
    const steps = [step('TaskOpened', 'workflow'), step('TaskCompleted', 'approver'), step('TaskReminded', 'sweep')];
    expect(replay('task', steps)).toEqual([]);
  });
});
