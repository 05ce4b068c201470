import { taskLifecycle } from '../../domain/lifecycles/task.ts';
import { type MissedAnswer, standingTaskOf } from '../../domain/missed-needs/missed-need.ts';
import type { ScannedReferral } from '../../domain/missed-needs/scan-store.ts';
import { withTask } from './open-missed-need.ts';
import type { Missed, Scanning } from './scanning.ts';

/**
 * The line of a referral whose present step is past its time; undefined when it is within it. The sweep marks it as late and opens no
 * task, so the scan does, once for each time it is late. Where the task of an earlier lateness is still open, that one covers it.
 */
export const lateReferral = async (scanning: Scanning, referral: ScannedReferral): Promise<Missed | undefined> => {
  const { dueAt, escalatedAt, escalations, referralId, householdId, division } = referral;
  if (scanning.at < dueAt) return undefined;
  const lateness = escalations + (escalatedAt === null ? 1 : 0);
  const need: MissedAnswer = { kind: 'referral-unanswered', referralId, householdId, division, lateness };
  return withTask(scanning, { need, cover: (await isOnADesk(scanning, need)) ? { by: 'task' } : undefined });
};

const isOnADesk = async ({ dependencies: { scans, digest } }: Scanning, need: MissedAnswer): Promise<boolean> => {
  for (let lateness = need.lateness - 1; lateness >= 1; lateness -= 1) {
    const { task: earlier } = await standingTaskOf(digest, { ...need, lateness }, scans.records.task);
    if (earlier !== undefined) return taskLifecycle.complete.from.includes(earlier.state);
  }
  return false;
};
