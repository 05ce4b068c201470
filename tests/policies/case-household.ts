import { type LocalDate, plusDays } from '../../domain/dates.ts';
import { evaluate } from '../../domain/eligibility/evaluate.ts';
import type { Evaluation } from '../../domain/eligibility/evaluation.ts';
import type { Fact } from '../../domain/facts/fact.ts';
import { type FactKind, factKinds } from '../../domain/facts/fact-kinds.ts';
import { Household } from '../../domain/households/household.ts';
import type { PolicyPack } from '../../domain/policy/policy-pack.ts';
import type { PolicyCase, Report } from './case-file.ts';
import { withSettings, withStandards } from './changed-packs.ts';

const householdId = `hh_${'0'.repeat(32)}`;

/** The surrogate of a case's member, counted from 1 as the case files count. */
export const memberId = (number: number): string => `per_${String(number).padStart(32, '0')}`;

/** The kind of fact behind each name that a case file uses of a member, and of the home; in a group it is prefix and name. */
const memberKinds = {
  'disability': 'disability',
  'major-illness': 'illness.major',
  'self-care-failed': 'self-care.failed',
  'supporters-able': 'supporters.capable',
  'refused-work': 'work.refusals',
  'took-up-work-on': 'employment.started-on',
  'clergy-since': 'clergy.since',
  'studies': 'study.stage',
} as const satisfies Record<string, FactKind>;
const homeKinds = {
  'left-assistance-on': 'exit.on',
  'paid-now': 'allowance.paid',
  'poverty-return': 'monitoring.poverty-return',
} as const satisfies Record<string, FactKind>;

/** Something a home without excess has: one dwelling and nothing else. */
const modest: Readonly<Record<string, readonly Report[]>> = {
  'financial': [{ value: 0 }],
  'dwellings': [{ value: 1 }],
  'vehicles': [{ value: 0 }],
  'businesses': [{ value: 0 }],
  'non-residential': [{ value: 0 }],
};

type Given = readonly (readonly [kind: FactKind, subject: string, reports: readonly Report[]])[];

const grouped = (
  prefix: string,
  subject: string,
  facts: Readonly<Record<string, readonly Report[] | undefined>>,
): Given =>
  Object.entries(facts).flatMap(([name, reports]) =>
    reports === undefined ? [] : [[`${prefix}.${name}` as FactKind, subject, reports] as const],
  );

const named = (
  kinds: Readonly<Record<string, FactKind>>,
  subject: string,
  facts: Readonly<Record<string, unknown>>,
): Given =>
  Object.entries(kinds).flatMap(([name, kind]) =>
    facts[name] === undefined ? [] : [[kind, subject, facts[name] as readonly Report[]] as const],
  );

const givenFacts = (written: PolicyCase): Given => [
  ...written.members.flatMap((member, index) => {
    const subject = memberId(index + 1);
    return [...grouped('income', subject, member.income), ...named(memberKinds, subject, { ...member })];
  }),
  ...grouped('asset', householdId, { ...modest, ...written.property }),
  ...grouped('expenditure', householdId, written.spending),
  ...named(homeKinds, householdId, { ...written }),
];

/** What is known unless a case says otherwise was true thirty days before the decision. */
const usualDay = (written: PolicyCase): LocalDate => written['facts-as-of'] ?? plusDays(written.date, -30);

/** A spoilt fact is put in after the household was parsed, as a store that had gone wrong would hold it. */
const isSpoilt = ({ unit, unreadable }: Report): boolean => unit !== undefined || unreadable === true;

const factsOf = (written: PolicyCase, wanted: (report: Report) => boolean): unknown[] =>
  givenFacts(written).flatMap(([kind, subject, reports]) =>
    reports.filter(wanted).map((report) => {
      const asOf = report['as-of'] ?? usualDay(written);
      return {
        kind,
        subject,
        value: report.value,
        unit: report.unit ?? factKinds[kind].unit,
        dataset: report.from ?? 'declaration',
        asOf,
        recordedAt: `${asOf}T00:00:00.000Z`,
      };
    }),
  );

/** The household of a case as it comes from the store. */
export const householdOfCase = (written: PolicyCase): Household => {
  const { division, settlement } = written.household;
  const household = Household.parse({
    householdId,
    registeredDivision: division,
    residenceDivision: written.household['lives-in'] ?? division,
    settlement,
    tier: written.household['tier-now'],
    members: written.members.map((member, index) => ({
      personId: memberId(index + 1),
      relation: member.relation,
      birthDate: member.born,
      sex: member.sex,
      fullTimeStudent: member.student,
      notCounted: member['not-counted'],
      tier: member['tier-now'],
      deceasedOn: member.died,
    })),
    facts: factsOf(written, (report) => !isSpoilt(report)),
  });
  return { ...household, facts: [...household.facts, ...(factsOf(written, isSpoilt) as Fact[])] };
};

const packs = new WeakMap<PolicyPack, Map<string, PolicyPack>>();

/** The pack as a case supposes it: its local figures and settings in the place of the pack's. Equal suppositions, one pack. */
export const packOfCase = ({ suppose }: PolicyCase, pack: PolicyPack): PolicyPack => {
  const known = packs.get(pack) ?? new Map<string, PolicyPack>();
  packs.set(pack, known);
  const key = JSON.stringify(suppose);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { standard } = suppose;
  const placed =
    standard === undefined ? pack : withStandards(pack, { [pack.region]: standard, ...suppose['standard-of'] });
  const supposed = withSettings(placed, suppose.settings ?? {});
  known.set(key, supposed);
  return supposed;
};

const households = new WeakMap<PolicyCase, Household>();

/** Decides a case by a pack. */
export const decideCase = (written: PolicyCase, pack: PolicyPack): Evaluation => {
  const household = households.get(written) ?? householdOfCase(written);
  households.set(written, household);
  return evaluate(household, packOfCase(written, pack), written.date);
};
