import type { LocalDate } from '../domain/dates.ts';
import type { PolicyPack } from '../domain/policy/policy-pack.ts';

const raise = 1.05;

type Standards = PolicyPack['standards'];

const raised = (series: Standards[number], date: LocalDate): Standards[number] => {
  const present = series.values.findLast(({ validFrom }) => validFrom <= date);
  if (present === undefined) return series;
  const value = Math.ceil(present.value * raise);
  const values = series.values.filter(({ validFrom }) => validFrom < date);
  return { ...series, values: [...values, { ...present, validFrom: date, value }] };
};

/** The draft of a change that is asked for every year: every rural standard 5 % higher from a day on. */
export const raisedRuralStandards = (policy: PolicyPack, date: LocalDate): PolicyPack => ({
  ...policy,
  version: `${policy.version}.raised`,
  standards: policy.standards.map((series) => (series.settlement === 'rural' ? raised(series, date) : series)),
});

/** The same version of a policy, in which the standards of some divisions are 5 % higher from a day on: what time brings by itself. */
export const withRaisedStandards = (
  policy: PolicyPack,
  divisions: ReadonlySet<string>,
  date: LocalDate,
): PolicyPack => ({
  ...policy,
  standards: policy.standards.map((series) => (divisions.has(series.division) ? raised(series, date) : series)),
});
