import type { DeterminationView, TraceView } from '../../contracts/api/reviews.ts';
import type { Language } from '../../contracts/problems.ts';
import { HouseholdTier } from '../../domain/eligibility/tiers.ts';
import { nameIn, tierWords } from '../../domain/eligibility/wording.ts';
import { findDivision } from '../../policies/divisions/divisions.ts';
import { says } from '../language.ts';
import { sourceIn, testNameIn, valueIn } from '../show/facts.ts';
import { yuan } from '../show/money.ts';
import { tableOf } from '../show/table.ts';
import { padded, wrapped } from '../show/width.ts';
import { basisWords, changeWords, explainWords, originWords, resultWords } from './explain-words.ts';
import { notOpenedTable, openedTable } from './items-text.ts';

type TraceTest = TraceView['tests'][number];
type Say = (key: keyof typeof explainWords) => string;

const entry = says('单人保', 'single-person entry');

/** A tier as people call it; one nobody has put into words is shown as it is. */
export const tierIn = (tier: string, language: Language): string => {
  if (tier === 'SINGLE_PERSON_ENTRY') return entry[language];
  const known = HouseholdTier.safeParse(tier);
  return known.success ? tierWords[known.data][language] : tier;
};

/** A fact that a decision rests on. */
export interface UsedFact {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly unit: string;
  readonly dataset: string;
  readonly asOf: string | null;
  readonly ageDays: number | null;
}

/** What is worked out from other facts or set by the policy is no fact of its own. */
const isFact = ({ dataset }: { readonly dataset: string }): boolean => dataset !== 'derived' && dataset !== 'policy';

/** Every fact a test has used, once, in the order in which the tests came to it. */
export const factsUsed = ({ tests }: TraceView): readonly UsedFact[] => [
  ...new Map(
    tests.flatMap(({ inputs }) => inputs.filter(isFact).map((input) => [JSON.stringify(input), input] as const)),
  ).values(),
];

/** The tests that measured a number against a line, once each: several tiers may ask the same. */
export const measuredTests = ({ tests }: TraceView): readonly TraceTest[] =>
  tests.filter(({ distance, threshold }) => distance !== null && threshold !== null);

const limitIn = ({ comparison, threshold, unit }: TraceTest, language: Language): string =>
  threshold === null
    ? '–'
    : `${comparison} ${valueIn(threshold.value, typeof threshold.value === 'number' ? unit : threshold.unit, language)}`;

const distancesIn = (trace: TraceView, language: Language, say: Say): string =>
  tableOf(
    [
      { heading: say('tier') },
      { heading: say('test') },
      { heading: say('measured'), isNumber: true },
      { heading: say('line'), isNumber: true },
      { heading: say('distance'), isNumber: true },
      { heading: say('result') },
    ],
    measuredTests(trace).map((test) => [
      tierIn(test.tier, language),
      testNameIn(test.code, test.wouldChange?.name, language),
      valueIn(test.measured, test.unit, language),
      limitIn(test, language),
      valueIn(test.distance, test.unit, language),
      resultWords[test.result][language],
    ]),
  );

const factsIn = (trace: TraceView, language: Language, say: Say): string => {
  const facts = factsUsed(trace);
  if (facts.length === 0) return say('noFacts');
  return tableOf(
    [
      { heading: say('fact') },
      { heading: say('value'), isNumber: true },
      { heading: say('source') },
      { heading: say('asOf') },
      { heading: say('age'), isNumber: true },
    ],
    facts.map(({ name, value, unit, dataset, asOf, ageDays }) => [
      nameIn(name, language),
      valueIn(value, unit, language),
      sourceIn(dataset, language),
      asOf ?? '–',
      ageDays === null ? '–' : String(ageDays),
    ]),
  );
};

/** Every test with its citation: what was decided, in the order of the law. */
const traceIn = (trace: TraceView, language: Language, say: Say): string =>
  tableOf(
    [
      { heading: say('tier') },
      { heading: say('test') },
      { heading: say('measured'), atMost: 28 },
      { heading: say('line'), atMost: 28 },
      { heading: say('result') },
      { heading: say('basis') },
      { heading: say('citation'), atMost: 60 },
    ],
    trace.tests.map((test) => [
      tierIn(test.tier, language),
      test.code,
      test.cause ?? valueIn(test.measured, test.unit, language),
      limitIn(test, language),
      resultWords[test.result][language],
      test.threshold === null ? '–' : (basisWords[test.threshold.basis]?.[language] ?? test.threshold.basis),
      test.citation,
    ]),
  );

const headIn = (view: DeterminationView, trace: TraceView, language: Language, say: Say): string => {
  const { determinationId, outcome, tier, monthlyAmount, householdId, division, decidedOn, payableFrom, change } = view;
  const name = findDivision(division)?.name;
  const rows: readonly (readonly [string, string])[] = [
    [say('tier'), tierIn(tier, language)],
    [say('outcome'), say(outcome)],
    [say('monthly'), `${yuan(monthlyAmount)} ${say('yuan')}`],
    [say('household'), householdId],
    [say('division'), name === undefined ? division : `${division} ${name}`],
    [say('decidedOn'), decidedOn],
    ...(payableFrom === null ? [] : [[say('payableFrom'), payableFrom] as const]),
    [say('policy'), view.policyVersion],
    [say('evaluatedOn'), trace.date],
    ...(change === null
      ? []
      : [[say('origin'), `${originWords[view.origin][language]}${changeWords[change.state][language]}`] as const]),
    ...(change?.previous == null ? [] : [[say('previous'), change.previous] as const]),
  ];
  return [
    `${say('decision')} ${determinationId}`,
    ...rows.map(([key, value]) => `  ${padded(key, 14)}  ${value}`),
  ].join('\n');
};

/**
 * A determination in one language: what was decided, the reasons as the instance words them, how far each line is, the facts with source
 * and age, the items where the instance has a catalogue, and the way to appeal; with `full`, every test with its citation.
 */
export const explanationIn = (view: DeterminationView, trace: TraceView, language: Language, full: boolean): string => {
  const say: Say = (key) => explainWords[key][language];
  const opened = view.items.filter(({ result }) => result === 'opens');
  const notOpened = view.items.filter(({ result }) => result !== 'opens');
  const indented = (text: string): string => text.replaceAll(/^(?=.)/gmu, '  ');
  const section = (key: keyof typeof explainWords, text: string): string => `${say(key)}\n${indented(text)}`;
  return [
    headIn(view, trace, language, say),
    section('reasons', view.reasons.map((reason) => `· ${wrapped(reason, 98).replaceAll('\n', '\n  ')}`).join('\n')),
    section('distances', distancesIn(trace, language, say)),
    section('facts', factsIn(trace, language, say)),
    ...(opened.length === 0 ? [] : [section('opened', openedTable(opened, language))]),
    ...(notOpened.length === 0 ? [] : [section('notOpened', notOpenedTable(notOpened, language))]),
    section('appeal', wrapped(view.appeal, 100)),
    ...(full ? [section('trace', traceIn(trace, language, say))] : []),
  ].join('\n\n');
};
