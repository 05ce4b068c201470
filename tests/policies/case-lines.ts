import { dayNumber, LocalDate } from '../../domain/dates.ts';
import type { Evaluation, TestInput, TestLine } from '../../domain/eligibility/evaluation.ts';
import type { PolicyCase } from './case-file.ts';

/**
 * Where a test of a decided case stands on the scale it is measured by. Two places on one scale are neighbours when their steps
 * differ by one: a fen, a piece, a day, a level, an indicator.
 */
interface Place {
  readonly scale: string;
  readonly step: number;
  readonly outcome: string;
}

/** A case and what was decided of it. */
export interface DecidedCase {
  readonly written: PolicyCase;
  readonly evaluation: Evaluation;
}

const inputOf = (line: TestLine, name: string): TestInput | undefined =>
  line.inputs.find((input) => input.name === name);

/** Income is shown per head and rounded, so the step is taken from the whole fen of all heads. */
const incomePlaces = (line: TestLine): { scale: string; step: number }[] => {
  const total = inputOf(line, 'income.total')?.value;
  const heads = inputOf(line, 'members.counted')?.value;
  if (!line.code.endsWith('.income') || typeof total !== 'number') return [];
  return [{ scale: `income of ${String(heads)} below ${String(line.threshold?.value)}`, step: total }];
};

const numberPlaces = (line: TestLine): { scale: string; step: number }[] =>
  typeof line.measured === 'number' && !line.code.endsWith('.income')
    ? [{ scale: `measured against ${String(line.threshold?.value)}`, step: line.measured }]
    : [];

const disabilityPlaces = (line: TestLine): { scale: string; step: number }[] => {
  const [category, level] = String(inputOf(line, 'disability')?.value ?? '').split(' ');
  return level === undefined ? [] : [{ scale: `level of a ${category} disability`, step: Number(level) }];
};

const dayPlaces = (line: TestLine, { written, evaluation }: DecidedCase): { scale: string; step: number }[] => {
  const exit = inputOf(line, 'exit.on')?.value;
  if (typeof exit === 'string')
    return [{ scale: `exit seen on ${written.date}`, step: dayNumber(LocalDate.parse(exit)) }];
  if (line.code !== 'extreme-hardship.work-capacity') return [];
  const index = evaluation.memberTiers.findIndex(({ personId }) => personId === line.subject);
  const member = written.members[index];
  if (member === undefined) return [];
  return [{ scale: `birth seen on ${written.date}, ${member['tier-now']}`, step: dayNumber(member.born) }];
};

const countPlaces = (line: TestLine): { scale: string; step: number }[] => {
  const failed = inputOf(line, 'self-care.failed')?.value;
  return typeof failed === 'number' ? [{ scale: 'indicators failed', step: failed }] : [];
};

/** A rating has no pass and fail but grades, so its outcome is the grade. */
const outcomeOf = (line: TestLine): string =>
  line.code === 'extreme-hardship.self-care' ? String(line.measured) : line.result;

const placesOf = (line: TestLine, decided: DecidedCase): readonly Place[] => {
  if (line.result === 'unknown') return [];
  // What no longer applies stands on the far side of a number, or nowhere.
  if (line.result === 'not-applicable') {
    return numberPlaces(line).map((place) => ({ ...place, outcome: line.result }));
  }
  const places = [
    ...incomePlaces(line),
    ...numberPlaces(line),
    ...disabilityPlaces(line),
    ...dayPlaces(line, decided),
    ...countPlaces(line),
  ];
  return places.map((place) => ({ ...place, outcome: outcomeOf(line) }));
};

/** A line of the law on both of whose sides a case stands, as near as can be. */
export interface LineHeld {
  readonly code: string;
  readonly scale: string;
  /** The two steps on either side. */
  readonly between: readonly [number, number];
}

const heldOnScale = (code: string, places: readonly Place[]): LineHeld[] => {
  const sorted = places.toSorted((one, other) => one.step - other.step);
  return sorted.flatMap((place) =>
    sorted
      .filter((next) => next.step === place.step + 1 && next.outcome !== place.outcome)
      .slice(0, 1)
      .map(() => ({ code, scale: place.scale, between: [place.step, place.step + 1] as const })),
  );
};

/** Every line on both of whose sides cases stand one step apart, found from what was decided. */
export const linesHeldBy = (cases: readonly DecidedCase[]): readonly LineHeld[] => {
  const tests = cases.flatMap((decided) =>
    decided.evaluation.tests.flatMap((line) =>
      placesOf(line, decided).map((place) => ({ key: `${line.code}|${place.scale}`, code: line.code, place })),
    ),
  );
  const byScale = Map.groupBy(tests, ({ key }) => key);
  return [...byScale.values()].flatMap((group) =>
    heldOnScale(
      group[0]?.code ?? '',
      group.map(({ place }) => place),
    ),
  );
};

/** Every code of a test that any decision of the cases made, but for lines that test nothing: no policy, nobody, a list. */
export const testCodesOf = (cases: readonly DecidedCase[]): readonly string[] => {
  const codes = new Set(
    cases.flatMap(({ evaluation }) => evaluation.tests.flatMap(({ code, tier }) => (tier === 'OVERLAY' ? [] : [code]))),
  );
  return [...codes].filter((code) => !code.startsWith('policy.') && code !== 'household.members').toSorted();
};
