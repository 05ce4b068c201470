import { atLeast, atMost, type Measure, told } from '../../../bench/report.ts';
import { precisionOf, recallOf, type Score } from './score.ts';
import type { TruthFound } from './truth.ts';

const whole = 1_000;
const unit = 'thousandths';

/** Of what was not planted in so small a province there is nothing to be said; a larger one (`--full`) has it. */
const scored = (name: string, score: Score): readonly Measure[] => [
  told(`${name}: planted`, score.found + score.missed, 'planted'),
  ...(score.found + score.missed === 0 ? [] : judged(name, score)),
];
const judged = (name: string, score: Score): readonly Measure[] => [
  atLeast(`${name}: recall`, recallOf(score), unit, whole),
  atLeast(`${name}: precision`, precisionOf(score), unit, whole),
];

/** What has to be there to be looked for, in however small a province: else nothing would have been proven. */
const wanted = (name: string, score: Score): readonly Measure[] => [
  atLeast(`${name}: planted`, score.found + score.missed, 'planted', 1),
  ...judged(name, score),
];

/** What came of looking for what was planted. */
export const truthMeasures = (found: TruthFound): readonly Measure[] => [
  told('households of the province', found.households, 'households'),
  told('events relayed', found.events, 'events'),
  ...[...found.rules]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([rule, score]) => scored(rule, score)),
  ...wanted('people on no list', found.identification),
  ...wanted('deaths', found.deaths),
  ...wanted('payments after death, held', found.paidAfterDeath),
  ...wanted('people listed twice', found.doubleRegistrations),
  ...wanted('households with nothing decided', found.undecided),
  atMost(
    'planted and not found, found and not planted, and what the recount finds',
    found.violations.length,
    'violations',
    0,
  ),
];
