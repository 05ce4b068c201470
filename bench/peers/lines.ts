import type { Amounts, Judged } from './amounts.ts';
import { noFacts, type Telling, type ToldFact, type UsedFact } from './known.ts';
import type { MemberLines } from './member-preparation.ts';
import { type Answers, memberPlaces, type Places } from './places.ts';
import type { Prepared } from './preparation.ts';
import { withoutTurning } from './told.ts';

type Result = 'pass' | 'fail' | 'not-applicable';

/** A line of the trace; what is undefined is left out of the text. */
export interface ToldTest {
  readonly code: string;
  readonly result: Result;
  readonly member: number | undefined;
  readonly measured: number | string | undefined;
  readonly limit: number | undefined;
  readonly distance: number | undefined;
  readonly turning: number | undefined;
  readonly facts: readonly number[] | undefined;
}

const said = (holds: boolean | undefined): Result => (holds === true ? 'pass' : 'fail');

/** Numbers the facts in the order in which tests first use them. */
const placesIn = (facts: ToldFact[], used: readonly UsedFact[]): readonly number[] => {
  const places: number[] = [];
  for (const fact of used) {
    if (fact.place < 0) {
      fact.place = facts.length;
      facts.push(fact.told);
    }
    places.push(fact.place);
  }
  return places;
};

const lineOf = (
  code: string,
  member: number | undefined,
  telling: Telling,
  result: Result,
  facts: ToldFact[],
): ToldTest => {
  const { limit, turning, roundedUp } = telling;
  let { measured, distance } = telling;
  const places = telling.facts.length === 0 ? undefined : placesIn(facts, telling.facts);
  if (roundedUp !== undefined && limit !== null && result === 'fail' && Number(measured) < limit) {
    measured = roundedUp;
    distance = limit - roundedUp;
  }
  return {
    code,
    result,
    member,
    measured: measured ?? undefined,
    limit: limit ?? undefined,
    distance: distance ?? undefined,
    turning: turning ?? undefined,
    facts: places,
  };
};

const selfCareOf = ({ totalFrom }: Amounts, { selfCare }: MemberLines, { grade }: Judged): Telling => ({
  ...withoutTurning(grade, totalFrom, selfCare?.facts ?? noFacts),
  distance: selfCare === null ? null : totalFrom - selfCare.failed,
});

/** The lines of a trace in statutory order, and the facts they use, each once. */
export const linesOf = (
  places: Places,
  amounts: Amounts,
  { tellings, members }: Prepared,
  answers: Answers,
  judged: readonly Judged[],
): { readonly tests: readonly ToldTest[]; readonly facts: readonly ToldFact[] } => {
  const lines: ToldTest[] = [];
  const facts: ToldFact[] = [];
  const { codes, memberCodes, afterHardship, afterMarginal } = places;
  const { workCapacity, income, supporters, entry } = memberPlaces;
  const ofMember = ({ place, tellings: own }: MemberLines, test: number, result: Result): void => {
    const telling = own[test];
    if (telling === undefined) return;
    const isUnasked = result === 'not-applicable' && test === supporters;
    const told = isUnasked ? withoutTurning(null, telling.limit, noFacts) : telling;
    lines.push(lineOf(memberCodes[test] ?? '', place, told, result, facts));
  };
  const ofHousehold = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1) {
      const telling = tellings[index];
      if (telling === undefined) continue;
      lines.push(lineOf(codes[index] ?? '', undefined, telling, said(answers.household[index]), facts));
    }
  };
  members.forEach((member, index) => {
    const own = answers.members[index] ?? [];
    ofMember(member, workCapacity, said(own[workCapacity]));
    ofMember(member, income, said(own[income]));
    ofMember(member, supporters, own[workCapacity] === true ? said(own[supporters]) : 'not-applicable');
  });
  ofHousehold(0, afterHardship);
  members.forEach((member, index) => {
    const own = judged[index];
    if (own?.inHardship !== true) return;
    const telling = selfCareOf(amounts, member, own);
    lines.push(lineOf('extreme-hardship.self-care', member.place, telling, 'pass', facts));
  });
  ofHousehold(afterHardship, afterMarginal);
  members.forEach((member, index) => {
    const isExcluded = judged[index]?.inHardship === true;
    ofMember(member, entry, isExcluded ? 'not-applicable' : said(answers.members[index]?.[entry]));
  });
  ofHousehold(afterMarginal, codes.length);
  return { tests: lines, facts };
};
