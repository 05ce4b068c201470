import type { GrievanceSummary, GrievanceView } from '../../contracts/api/grievances.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina } from '../../domain/dates.ts';
import { type Grievance, isInvolved } from '../../domain/grievances/grievance.ts';
import { examinationOf } from '../../domain/grievances/grievance-tasks.ts';
import type { GrievanceTaskKind } from '../../domain/lifecycles/task.ts';
import { taskClockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** Where a grievance stands, each deadline with the rule it comes from; nothing of what was said. */
export const grievanceSummaryOf = (grievance: Grievance, policy: PolicyPack): GrievanceSummary => {
  const { version: _, involved: __, takenDownBy: ___, agency: ____, receiptHash: _____, ...shown } = grievance;
  const { complainant: _complainant, grounds: _grounds, reasons: _reasons, endedBy: _endedBy, ...summary } = shown;
  const ruleOf = (kind: GrievanceTaskKind) => {
    const { basis, citation } = taskClockOn(policy, kind, dateInChina(grievance.acceptedAt ?? grievance.receivedAt));
    return { basis, citation };
  };
  return {
    ...summary,
    acceptRule: ruleOf('grievance-acceptance'),
    decideRule: ruleOf(examinationOf[grievance.kind]),
  };
};

/** The whole of it. Whoever had a hand in what is complained of learns neither who complained nor in which words. */
export const grievanceViewOf = (
  grievance: Grievance,
  policy: PolicyPack,
  { subject }: Pick<Principal, 'subject'>,
): GrievanceView => {
  const isKept = isInvolved(grievance, subject);
  return {
    ...grievanceSummaryOf(grievance, policy),
    complainant: isKept ? null : grievance.complainant,
    grounds: isKept ? null : grievance.grounds,
    reasons: grievance.reasons,
  };
};
