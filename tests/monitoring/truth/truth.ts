import type { DivisionCode } from '../../../domain/people/divisions.ts';
import type { Planted } from '../../../synthetic/province/truth.ts';
import { violationsIn } from '../../support/recount.ts';
import { startRoster, type TestRoster } from '../../support/roster.ts';
import { doublesFound } from './doubles.ts';
import { tasksAfterANight } from './night.ts';
import { paymentLinesOf } from './payment-lines.ts';
import { counties, type HandedIn, relayAll, toldProvince } from './province.ts';
import { noScore, precisionOf, recallOf, type Score, scoreAlerts, scoreProspects } from './score.ts';
import { undecidedFound } from './undecided.ts';

/** What came of looking for what was planted. */
export interface TruthFound {
  readonly households: number;
  readonly events: number;
  /** By rule. */
  readonly rules: ReadonlyMap<string, Score>;
  readonly identification: Score;
  readonly deaths: Score;
  readonly paidAfterDeath: Score;
  readonly doubleRegistrations: Score;
  readonly undecided: Score;
  readonly violations: readonly string[];
}

type Of<Kind extends Planted['planted']> = Extract<Planted, { planted: Kind }>;
const ofKind = <Kind extends Planted['planted']>(planted: readonly Planted[], kind: Kind): readonly Of<Kind>[] =>
  planted.filter((each): each is Of<Kind> => each.planted === kind);

const pageSize = 200;
const all = async <Item>(
  page: (after: string | null) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  for (let after: string | null = null; ; ) {
    const { items, next } = await page(after);
    found.push(...items);
    if (next === null) return found;
    after = next;
  }
};

const alertsIn = async ({ store }: TestRoster): Promise<ReadonlySet<string>> => {
  const found = await Promise.all(
    counties.map((county) => all((after) => store.alertsOf(county, 'open', pageSize, after))),
  );
  return new Set(found.flat().map(({ householdId, rule }) => `${householdId} ${rule}`));
};

/** The resident IDs of whom a feed reported, by county. */
const prospectsIn = async ({ store }: TestRoster): Promise<ReadonlySet<string>> => {
  const of = (county: DivisionCode) =>
    all((after) => store.reportsOf(county, { list: 'open', within: county }, pageSize, after));
  const found = (await Promise.all(counties.map(of))).flat();
  return new Set(found.flatMap(({ accounts }) => (accounts ?? []).flatMap(({ person }) => person.residentId ?? [])));
};

const idIn = (files: readonly HandedIn[], { county, dataset, row }: Of<'missed-household'>): string => {
  const file = files.find((each) => each.county === county && each.dataset === dataset);
  return /\d{17}[\dX]/u.exec(file?.rows[row - 1] ?? '')?.[0] ?? '';
};

const deathsIn = async ({ store }: TestRoster, deaths: readonly Of<'death'>[]): Promise<Score> => {
  let found = 0;
  for (const { householdId, personId, diedOn } of deaths) {
    const members = (await store.household(householdId))?.household.members ?? [];
    if (members.some((member) => member.personId === personId && member.deceasedOn === diedOn)) found += 1;
  }
  return { found, missed: deaths.length - found, wrong: 0 };
};

/** Of the dead whom a decision pays: those of whom a line of this month's payments is held for their death. */
const heldIn = async (roster: TestRoster, deaths: readonly Of<'death'>[]): Promise<Score> => {
  const dead = new Set<string>(deaths.map(({ householdId }) => householdId));
  let score: Score = noScore;
  for (const county of counties) {
    const theirs = (await paymentLinesOf(roster, county)).filter(({ householdId }) => dead.has(householdId));
    const held = theirs.filter(
      ({ state, reasons }) => state === 'held' && reasons.some(({ code }) => code === 'deceased'),
    );
    score = { ...score, found: score.found + held.length, missed: score.missed + theirs.length - held.length };
  }
  return score;
};

/** Rows that were refused for another reason than the one they were spoilt by, or were not. */
const wronglyRefused = (planted: readonly Planted[], files: readonly HandedIn[]): readonly string[] =>
  files.flatMap(({ county, dataset, rejected }) => {
    const expected: Record<string, number> = {};
    for (const each of ofKind(planted, 'bad-row'))
      if (each.county === county && each.dataset === dataset) expected[each.reason] = (expected[each.reason] ?? 0) + 1;
    const reasons = new Set([...Object.keys(expected), ...Object.keys(rejected)]);
    return [...reasons].flatMap((reason) =>
      expected[reason] === rejected[reason]
        ? []
        : [`${county} ${dataset}: ${rejected[reason] ?? 0} rows refused for ${reason}, not ${expected[reason] ?? 0}`],
    );
  });

const shortfalls = (name: string, score: Score): readonly string[] => [
  ...(recallOf(score) < 1_000 ? [`${name}: ${score.missed} of ${score.found + score.missed} are not found`] : []),
  ...(precisionOf(score) < 1_000 ? [`${name}: ${score.wrong} found that are none`] : []),
];

/**
 * Makes a small province with what is wrong with it, has its departments tell what they know, lets the platform do what follows, and looks for
 * what was planted.
 */
export const runTruth = async (
  roster: TestRoster,
  options: { readonly households: number; readonly seed: string },
  say: (text: string) => void,
): Promise<TruthFound> => {
  const { planted, files } = await toldProvince(roster, options, say);
  const events = await relayAll(roster);
  say(`${events} events relayed`);
  const rules = scoreAlerts(planted, await alertsIn(roster));
  const prospects = await prospectsIn(roster);
  const identification = scoreProspects(planted, (each) => prospects.has(idIn(files, each)));
  const deaths = await deathsIn(roster, ofKind(planted, 'death'));
  const paidAfterDeath = await heldIn(roster, ofKind(planted, 'death'));
  const tasks = await tasksAfterANight(roster);
  const doubleRegistrations = await doublesFound(roster, ofKind(planted, 'double-registration'), tasks);
  const undecided = await undecidedFound(
    roster,
    { planted: ofKind(planted, 'undecided-household'), stale: ofKind(planted, 'stale-facts') },
    tasks,
  );
  return {
    households: options.households,
    ...{ events, rules, identification, deaths, paidAfterDeath, doubleRegistrations, undecided },
    violations: [
      ...[...rules].flatMap(([rule, score]) => shortfalls(rule, score)),
      ...shortfalls('people on no list', identification),
      ...shortfalls('deaths', deaths),
      ...shortfalls('payments after death', paidAfterDeath),
      ...shortfalls('people listed twice', doubleRegistrations),
      ...shortfalls('households with nothing decided', undecided),
      ...wronglyRefused(planted, files),
      ...(await violationsIn(roster)),
    ],
  };
};

/** The same with a roster of its own. */
export const provenTruth = async (
  options: { readonly households: number; readonly seed: string },
  say: (text: string) => void,
): Promise<TruthFound> => {
  const roster = await startRoster();
  try {
    return await runTruth(roster, options, say);
  } finally {
    await roster.stop();
  }
};
