import type { Dataset } from '../../../domain/facts/fact.ts';
import type { Expectation } from './names.ts';
import { type Cells, type DepartmentRow, type Story, type Subject, yuan } from './story.ts';

/** The tiers whose property the rules look at, and those of which a student is told. */
const onAid: readonly string[] = ['EXTREME_HARDSHIP', 'MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE'];
const withStudents: readonly string[] = ['MINIMUM_LIVING_ALLOWANCE', 'MARGINAL', 'RIGID_EXPENDITURE'];

const row = (dataset: Dataset, cells: Cells): DepartmentRow => ({ dataset, cells });

/**
 * A hospital bill of which so much was paid by oneself. The thresholds stand here as numbers of their own, so that a rule that is changed by
 * mistake is found out.
 */
const bill = (rule: string, weight: number, above: number, isFor: (subject: Subject) => boolean): Story => ({
  rule,
  weight,
  tell: (subject, expect, random) => {
    if (!isFor(subject)) return null;
    const paid = yuan(above + (expect === 'fires' ? 1 : 0));
    return row('hospital-bills', {
      'bill': `B${random.integer(100_000, 999_999)}`,
      'settled-on': subject.on,
      'self-paid': paid,
      'household-self-paid': paid,
    });
  },
});

/** What is true of somebody outside the tiers, and of somebody in one where it is nothing new. */
const outside = (
  rule: string,
  weight: number,
  told: (subject: Subject, expect: Expectation) => DepartmentRow | null,
): Story => ({
  rule,
  weight,
  tell: (subject, expect) => (expect === 'fires' && subject.tier !== 'NONE' ? null : told(subject, expect)),
});
const inATier = ({ tier }: Subject, expect: Expectation): boolean => expect === 'fires' || tier !== 'NONE';

/** So many pieces, and one fewer. */
const owned = (rule: string, dataset: Dataset, column: string, from: number): Story => ({
  rule,
  weight: 1,
  tell: (subject, expect) =>
    onAid.includes(subject.tier)
      ? row(dataset, { [column]: String(expect === 'fires' ? from : from - 1), 'as-of': subject.on })
      : null,
});

const wagesTold = (rule: string, fires: (subject: Subject) => number | null): Story => ({
  rule,
  weight: 12,
  tell: (subject, expect) => {
    const { made, tier, wages, on } = subject;
    const other = fires(subject);
    if (tier !== 'MINIMUM_LIVING_ALLOWANCE' || !made.onRecord || wages === null || other === null) return null;
    return row('tax', { 'wages': yuan(expect === 'fires' ? other : wages), 'as-of': on });
  },
});

/** More than any household of one may have. */
const wellPaid = 6_000_000;

/**
 * What departments' rows can make of a household, by rule. Each has a row that makes the rule fire and one just below it. Rules that no dataset
 * tells anything for (children without care, events, housing) and the one on what cannot be decided have none.
 */
export const stories: readonly Story[] = [
  bill('hospital.bill-very-high', 1, 5_000_000, () => true),
  bill('hospital.bill-monitored', 12, 600_000, ({ isWatched }) => isWatched),
  bill(
    'hospital.bill-rural',
    1,
    1_000_000,
    ({ made, isWatched }) => made.roster.household.settlement === 'rural' && !isWatched,
  ),
  {
    rule: 'medical.share-of-income',
    weight: 1,
    tell: ({ income, on }, expect, random) => {
      // Whole yuan up to 40 % of the income, and one more.
      const limit = Math.floor((income * 0.4) / 100) * 100;
      return income < 100_000
        ? null
        : row('hospital-bills', {
            'bill': `S${random.integer(100_000, 999_999)}`,
            'settled-on': on,
            'self-paid': '1.00',
            'household-self-paid': yuan(limit + (expect === 'fires' ? 100 : 0)),
          });
    },
  },
  outside('illness.major-outside', 1, (subject, expect) =>
    inATier(subject, expect)
      ? row('hospital-bills', {
          'bill': `M${subject.member.personId.slice(-6)}`,
          'settled-on': subject.on,
          'self-paid': '1.00',
          'household-self-paid': '1.00',
          'major-illness': '是',
        })
      : null,
  ),
  outside('disability.severe-outside', 1, (subject, expect) =>
    inATier(subject, expect)
      ? row('disability-certificates', { 'category': '肢体残疾', 'level': '二级', 'issued-on': subject.on })
      : null,
  ),
  outside('unemployment.outside', 8, (subject, expect) =>
    subject.isAbleToWork && inATier(subject, expect)
      ? row('registered-unemployment', { 'status': '失业', 'registered-on': subject.on })
      : null,
  ),
  {
    rule: 'schooling.university',
    weight: 1,
    tell: ({ tier, on }, expect) =>
      withStudents.includes(tier)
        ? row('hard-up-pupils', { 'stage': expect === 'fires' ? '大学' : '高中', 'identified-on': on })
        : null,
  },
  outside('poverty-return.outside', 1, (subject, expect) =>
    inATier(subject, expect) ? row('poverty-return-list', { 'kind': '边缘易致贫户', 'listed-on': subject.on }) : null,
  ),
  owned('assets.vehicle', 'vehicles', 'household-vehicles', 1),
  owned('assets.dwellings', 'real-estate', 'household-dwellings', 2),
  owned('assets.business', 'business-registration', 'household-businesses', 1),
  wagesTold('decision.may-no-longer-qualify', () => wellPaid),
  wagesTold('decision.may-qualify', ({ wages }) => (wages !== null && wages > 60_000 ? 0 : null)),
  {
    rule: 'decision.item-opens',
    weight: 12,
    tell: ({ made, tier, isAbleToWork, on, member }, expect) =>
      tier === 'MINIMUM_LIVING_ALLOWANCE' && made.onRecord && isAbleToWork && !member.fullTimeStudent
        ? row('registered-unemployment', { 'status': expect === 'fires' ? '失业' : '已就业', 'registered-on': on })
        : null,
  },
];
