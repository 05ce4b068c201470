import type { SimulationView } from '../../contracts/api/policies.ts';
import type { Language } from '../../contracts/problems.ts';
import type { ChangeLine, ChangeReason } from '../../domain/policy-versions/change-line.ts';
import { type CountedTier, type CountyTierCount, countedTiers } from '../../domain/policy-versions/tally.ts';
import { findDivision } from '../../policies/divisions/divisions.ts';
import { testNameIn } from '../show/facts.ts';
import { count, countMore, yuan, yuanMore } from '../show/money.ts';
import { type Column, tableOf } from '../show/table.ts';
import { tierIn } from './explain-text.ts';
import { resultWords } from './explain-words.ts';
import { changeWords, simulationWords } from './simulation-words.ts';

/** What a simulation came to. */
export type SimulationResult = NonNullable<SimulationView['result']>;

type Counts = Pick<CountyTierCount, 'before' | 'after' | 'costBefore' | 'costAfter'>;

const nothing: Counts = { before: 0, after: 0, costBefore: 0, costAfter: 0 };

const sumOf = (counts: readonly Counts[]): Counts =>
  counts.reduce(
    (sum, one) => ({
      before: sum.before + one.before,
      after: sum.after + one.after,
      costBefore: sum.costBefore + one.costBefore,
      costAfter: sum.costAfter + one.costAfter,
    }),
    nothing,
  );

const cellsOf = ({ before, after, costBefore, costAfter }: Counts): readonly string[] => [
  ...[count(before), count(after), countMore(after - before)],
  ...[yuan(costBefore), yuan(costAfter), yuanMore(costAfter - costBefore)],
];

const figureColumns = (language: Language): readonly Column[] =>
  (['before', 'after', 'more', 'costBefore', 'costAfter', 'costMore'] as const).map((key) => ({
    heading: simulationWords[key][language],
    isNumber: true,
  }));

const countedTierIn = (tier: CountedTier, language: Language): string =>
  tier === 'CANNOT_DECIDE' ? simulationWords.undecidable[language] : tierIn(tier, language);

/** A county by its code and name. */
export const countyIn = (code: string): string => [code, findDivision(code)?.name ?? ''].join(' ').trimEnd();

/** Households and yearly cost by tier, in the order of the law, with the total. */
export const tiersTable = ({ counts }: SimulationResult, language: Language): string =>
  tableOf(
    [{ heading: simulationWords.tier[language] }, ...figureColumns(language)],
    [
      ...countedTiers.flatMap((tier) => {
        const ofTier = counts.filter((one) => one.tier === tier);
        return ofTier.length === 0 ? [] : [[countedTierIn(tier, language), ...cellsOf(sumOf(ofTier))]];
      }),
      [simulationWords.total[language], ...cellsOf(sumOf(counts))],
    ],
  );

/** Households and yearly cost by county and tier, and the total of each county. */
export const countiesTable = ({ counts }: SimulationResult, language: Language): string => {
  const counties = [...new Set(counts.map(({ county }) => county))].toSorted();
  return tableOf(
    [
      { heading: simulationWords.county[language] },
      { heading: simulationWords.tier[language] },
      ...figureColumns(language),
    ],
    counties.flatMap((county) => {
      const ofCounty = counts.filter((one) => one.county === county);
      return [
        ...ofCounty.map((one) => [countyIn(county), countedTierIn(one.tier, language), ...cellsOf(one)]),
        [countyIn(county), simulationWords.total[language], ...cellsOf(sumOf(ofCounty))],
      ];
    }),
  );
};

/** How many households change, and how, in one sentence. */
export const changesSentence = ({ changes, households }: SimulationResult, language: Language): string => {
  const { enters, leaves, tier, amount, undecided, reduced } = changes;
  const [of, all] = [count(households), count(enters + leaves + tier + amount + undecided)];
  return language === 'zh'
    ? `共${of}户，其中${all}户有变化：纳入${count(enters)}户，退出${count(leaves)}户，层级变化${count(tier)}户，金额变化${count(amount)}户，无法认定${count(undecided)}户；降级或减少金额${count(reduced)}户。`
    : `Of ${of} households ${all} change: ${count(enters)} enter, ${count(leaves)} leave, ${count(tier)} change tier, ${count(amount)} change amount, ${count(undecided)} cannot be decided; ${count(reduced)} get a lower tier or less money.`;
};

/** The warnings, a line each; empty when there are none. */
export const warningLines = ({ warnings }: SimulationResult, language: Language): readonly string[] =>
  warnings.map(({ text }) => `${simulationWords.warning[language]}: ${text}`);

const isMoney = (code: string): boolean =>
  code.endsWith('.income') || code.endsWith('.financial') || code === 'rigid.ratio';

const thresholdIn = (code: string, value: ChangeReason['thresholdBefore']): string =>
  typeof value === 'number' && isMoney(code) ? yuan(value) : String(value ?? '–');

const resultIn = (result: ChangeReason['before'], language: Language): string =>
  result === 'absent' ? '–' : resultWords[result][language];

/** The tier a test is of, by the beginning of its code; a test of no tier is named without one. */
const tiersOfTests: Readonly<Record<string, string>> = {
  'extreme-hardship': 'EXTREME_HARDSHIP',
  'mla': 'MINIMUM_LIVING_ALLOWANCE',
  'marginal': 'MARGINAL',
  'single-person-entry': 'SINGLE_PERSON_ENTRY',
  'rigid': 'RIGID_EXPENDITURE',
  'other': 'OTHER_LOW_INCOME',
};

const testIn = (code: string, language: Language): string => {
  const tier = tiersOfTests[code.split('.')[0] ?? ''];
  const name = testNameIn(code, undefined, language);
  if (tier === undefined || name === code) return name;
  return language === 'zh' ? `${tierIn(tier, language)}·${name}` : `${tierIn(tier, language)}, ${name}`;
};

/** One reason of a change: the test, how it came out before and then, and its line where that has moved. */
export const changeReasonIn = (reason: ChangeReason, language: Language): string => {
  const { code, before, after, thresholdBefore, thresholdAfter } = reason;
  const parts = [
    ...(before === after ? [] : [`${resultIn(before, language)} → ${resultIn(after, language)}`]),
    ...(thresholdBefore === thresholdAfter
      ? []
      : [`${thresholdIn(code, thresholdBefore)} → ${thresholdIn(code, thresholdAfter)}`]),
  ];
  return [testIn(code, language), parts.join(', ')].filter((part) => part !== '').join(': ');
};

const arrow = (before: string, after: string): string => (before === after ? before : `${before} → ${after}`);

/** A page of the named list. */
export const namedTable = (lines: readonly ChangeLine[], language: Language): string => {
  const tierOf = (tier: ChangeLine['tierBefore']): string =>
    tier === null ? simulationWords.undecidable[language] : tierIn(tier, language);
  const amountOf = (fen: number | null): string => (fen === null ? '–' : yuan(fen));
  return tableOf(
    [
      { heading: simulationWords.household[language] },
      { heading: simulationWords.county[language] },
      { heading: simulationWords.change[language] },
      { heading: simulationWords.tierChange[language] },
      { heading: simulationWords.amountChange[language], isNumber: true },
      { heading: simulationWords.why[language], atMost: 72 },
    ],
    lines.map(({ householdId, county, kind, tierBefore, tierAfter, amountBefore, amountAfter, reasons }) => [
      householdId,
      countyIn(county),
      changeWords[kind][language],
      arrow(tierOf(tierBefore), tierOf(tierAfter)),
      arrow(amountOf(amountBefore), amountOf(amountAfter)),
      reasons.map((reason) => changeReasonIn(reason, language)).join('\n'),
    ]),
  );
};
