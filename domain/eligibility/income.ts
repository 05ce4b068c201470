import { countedIncome } from '../facts/counted-income.ts';
import type { FactKind } from '../facts/fact-kinds.ts';
import { type Known, slotOf } from '../facts/readings.ts';
import { type Counted, causeOf, numberOf, reading, type Situation } from './situation.ts';

/** Some kinds of income, with their slots. */
interface IncomeKinds {
  readonly kinds: readonly FactKind[];
  readonly slots: readonly number[];
}
const kindsOf = (kinds: readonly FactKind[]): IncomeKinds => ({ kinds, slots: kinds.map(slotOf) });
const pension = ['income.basic-pension'] as const;
/** Support that counts as transfer income, unless the pack lets it be disregarded (D22 1(1)). */
const support = ['income.support-of-disabled-adult'] as const;
const plain = kindsOf(countedIncome);
const withSupport = kindsOf([...countedIncome, ...support]);
const withPension = kindsOf([...countedIncome, ...pension]);
const withBoth = kindsOf([...countedIncome, ...pension, ...support]);
/** Whoever has said anything of these has spoken of his or her income. */
const spokenOf = [...withBoth.slots, slotOf('income.exempt')];

/** Income of twelve months in fen of some members: what is known of it, and whether there may be more. */
export interface Income {
  readonly known: number;
  readonly isOpen: boolean;
  readonly heads: number;
  readonly facts: readonly Known[];
  readonly members: readonly Counted[];
  /** The kinds that were added up. */
  readonly of: IncomeKinds;
}

const mayHaveNone = ({ plan }: Situation, { member, age }: Counted): boolean =>
  member.fullTimeStudent || age < plan.settings['extreme-hardship.minor_below'].value;

/** Whether anything was said of a member's income: then there is none of the kinds that were not mentioned. */
const hasDeclared = (counted: Counted): boolean => {
  for (const slot of spokenOf) if (reading(counted, slot).fact !== null) return true;
  return false;
};

/**
 * The income of some members together. One who has declared any kind of income has none of the kinds not declared; one who has
 * declared nothing is unknown, but for children and full-time students, who may have none.
 */
const incomeOfKinds = (situation: Situation, members: readonly Counted[], of: IncomeKinds): Income => {
  const facts: Known[] = [];
  let known = 0;
  let isOpen = false;
  for (const counted of members) {
    for (const slot of of.slots) {
      const read = reading(counted, slot);
      if (read.known) {
        known += numberOf(read);
        facts.push(read);
      } else if (read.problem !== 'not-declared') isOpen = true;
    }
    if (!isOpen && !hasDeclared(counted) && !mayHaveNone(situation, counted)) isOpen = true;
  }
  return { known, isOpen, heads: members.length, facts, members, of };
};

const isSupportDisregarded = ({ plan }: Situation): boolean =>
  plan.settings['supporters.aged_or_sibling_disregarded'].value;

/** Income as the household's tiers count it; the centrally-set basic pension only where the pack says so (D57 article 13). */
export const incomeOf = (situation: Situation, members: readonly Counted[]): Income => {
  const isDisregarded = isSupportDisregarded(situation);
  if (situation.plan.settings['basic_pension.exempt'].value) {
    return incomeOfKinds(situation, members, isDisregarded ? plain : withSupport);
  }
  return incomeOfKinds(situation, members, isDisregarded ? withPension : withBoth);
};

/** Income as extreme hardship counts it: the basic pension never does (D43 article 6). */
export const incomeWithoutPension = (situation: Situation, members: readonly Counted[]): Income =>
  incomeOfKinds(situation, members, isSupportDisregarded(situation) ? plain : withSupport);

/** Why there may be more income than is known. */
export const incomeCauses = (situation: Situation, { members, of }: Income): readonly string[] =>
  members.flatMap((counted) => {
    const { personId } = counted.member;
    const causes = of.kinds.flatMap((kind) => {
      const read = reading(counted, slotOf(kind));
      return read.known || read.problem === 'not-declared' ? [] : [causeOf(read.problem, kind, personId)];
    });
    const isSilent = !hasDeclared(counted) && !mayHaveNone(situation, counted);
    return isSilent ? [...causes, causeOf('not-declared', 'income', personId)] : causes;
  });
