import type { EmergencyAidView } from '../../contracts/api/emergency-aid.ts';
import { dateInChina } from '../../domain/dates.ts';
import type { EmergencyAid } from '../../domain/emergency/emergency-aid.ts';
import { maskedName } from '../../domain/people/masked-name.ts';
import { taskClockOn } from '../../domain/policy/look-up.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';

/** Quick aid as officers see it: the name masked, the resident ID not at all, each deadline with the rule it comes from. */
export const aidViewOf = (aid: EmergencyAid, policy: PolicyPack): EmergencyAidView => {
  const { version: _, personId: __, policyVersion: ___, givenBy: ____, person, ...shown } = aid;
  const day = dateInChina(aid.decidedAt);
  const ruleOf = (kind: 'emergency-payment' | 'emergency-papers') => {
    const { basis, citation } = taskClockOn(policy, kind, day);
    return { basis, citation };
  };
  return {
    ...shown,
    person: { known: person.known, maskedName: person.name === null ? null : maskedName(person.name) },
    dueRule: ruleOf('emergency-payment'),
    paidInTime: aid.paidOn === null ? null : aid.paidOn <= aid.dueOn,
    papersRule: ruleOf('emergency-papers'),
  };
};
