import { dateInChina } from '../dates.ts';
import type { Fact } from '../facts/fact.ts';
import { isOccurrence } from '../facts/fact-kinds.ts';
import type { Household } from '../households/household.ts';
import type { Alert, AlertEvidence } from './alert.ts';
import type { Fired } from './fired.ts';

const isAbout = (one: AlertEvidence, other: AlertEvidence): boolean =>
  one.kind === other.kind && one.personId === other.personId;

const saysAs = ({ value }: Fact, other: Fact): boolean => JSON.stringify(value) === JSON.stringify(other.value);

/**
 * Whether what an ended alert was about has gone, and has come back since: then the very same is another alert. It has, where something else than
 * what the rule fires on was told after the alert had ended, as of a day after that on which the alert rested and before that on which the rule
 * fires now: a house that was unsafe, has been repaired, and is unsafe again. It is seen from what is on file, so it is the same whoever looks,
 * and in whatever order it was told. What the officer had in hand when the alert ended is nothing new. Of what happens on a day the mark has the
 * day; and what would be decided otherwise is known by the decision, whatever amounts go up and down under it: that does not come back.
 */
export const hasComeBack = (
  { evidence, disposedAt }: Pick<Alert, 'evidence' | 'disposedAt'>,
  { rule, evidence: present }: Pick<Fired, 'rule' | 'evidence'>,
  { householdId, facts }: Pick<Household, 'householdId' | 'facts'>,
): boolean =>
  disposedAt !== null &&
  !('decision' in rule.when) &&
  present.some((now) => {
    const before = evidence.find((each) => isAbout(each, now));
    if (before === undefined || isOccurrence(now.kind)) return false;
    const told = facts.filter(({ kind, subject }) => kind === now.kind && subject === (now.personId ?? householdId));
    const firesOn = told.filter(({ dataset, asOf }) => dataset === now.dataset && asOf === now.asOf);
    return told.some(
      (fact) =>
        before.asOf < fact.asOf &&
        fact.asOf < now.asOf &&
        // By the day: of what came in on that very day nobody knows whether the officer had it.
        dateInChina(disposedAt) <= dateInChina(fact.recordedAt) &&
        !firesOn.some((each) => saysAs(each, fact)),
    );
  });
