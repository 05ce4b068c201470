import { describe, expect, test } from 'vitest';
import { digest } from '../../../adapters/runtime.ts';
import { Instant } from '../../../domain/dates.ts';
import {
  cancelledGrievanceTask,
  doneGrievanceTask,
  examinationOf,
  grievanceTaskIdOf,
  newGrievanceTask,
} from '../../../domain/grievances/grievance-tasks.ts';
import { GrievanceId } from '../../../domain/ids.ts';
import { grievanceTaskKinds, taskPerformers } from '../../../domain/lifecycles/task.ts';
import { DivisionCode } from '../../../domain/people/divisions.ts';
import { shanxiPack } from '../../../policies/shanxi/pack.ts';
import { chinaCalendar } from '../../../policies/working-days/china.ts';

const clocks = { digest, calendar: chinaCalendar, policy: shanxiPack };
const grievance = {
  grievanceId: GrievanceId.parse(`grv_${'1'.repeat(32)}`),
  division: DivisionCode.parse('140121'),
};
/** Monday in the morning in China. */
const at = Instant.parse('2026-03-02T01:00:00.000Z');
const opened = (kind: (typeof grievanceTaskKinds)[number], from = at) =>
  newGrievanceTask(clocks, grievance, kind, from);

describe('the tasks of a grievance', () => {
  test.each([
    ['grievance-acceptance', '2026-03-09'],
    // Qingming is on 5 April, a Sunday, and Monday the 6th is off for it.
    ['grievance-complaint', '2026-04-14'],
    // Calendar days run through holidays.
    ['grievance-review', '2026-05-01'],
    ['grievance-remedy', '2026-03-16'],
  ] as const)('%s is due on %s when it begins on 2 March', (kind, dueOn) => {
    expect(opened(kind)).toMatchObject({ kind, dueOn, state: 'open', dueProvisional: false });
  });

  test('begin with the day in China, whatever the hour', () => {
    const lastMinute = Instant.parse('2026-03-02T15:59:00.000Z');
    const nextDay = Instant.parse('2026-03-02T16:00:00.000Z');
    expect(opened('grievance-acceptance', lastMinute).dueOn).toBe('2026-03-09');
    expect(opened('grievance-acceptance', nextDay).dueOn).toBe('2026-03-10');
  });

  test('are reminded of when four fifths of the span have passed', () => {
    const task = opened('grievance-review');
    const end = Date.parse('2026-05-01T16:00:00.000Z');
    expect(Date.parse(task.remindAt)).toBe(Date.parse(at) + Math.floor((end - Date.parse(at)) * 0.8));
  });

  test('have ids that follow from the grievance and the kind, so that each is there once', () => {
    const ids = grievanceTaskKinds.map((kind) => grievanceTaskIdOf(digest, grievance.grievanceId, kind));
    expect(new Set(ids).size).toBe(grievanceTaskKinds.length);
    expect(opened('grievance-remedy').taskId).toBe(
      grievanceTaskIdOf(digest, grievance.grievanceId, 'grievance-remedy'),
    );
  });

  test('are the county’s, and each kind of grievance has an examination of its own', () => {
    for (const kind of grievanceTaskKinds) expect(taskPerformers[kind]).toEqual(['county-worker', 'approver']);
    expect(new Set(Object.values(examinationOf)).size).toBe(2);
  });

  test('end done or cancelled, and say nothing of the grievance', () => {
    const task = opened('grievance-complaint');
    const done = doneGrievanceTask(task, { at, by: 'feng-examiner', outcome: 'rejected' });
    expect(done).toMatchObject({ state: 'completed', version: 2, completion: { note: null, outcome: 'rejected' } });
    expect(cancelledGrievanceTask(task)).toMatchObject({ state: 'cancelled', version: 2, completion: null });
  });
});
