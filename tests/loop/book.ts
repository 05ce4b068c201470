/**
 * The book of a simulation: who lives in which household, with what, and where, as the simulation itself knows because it made it so; and
 * from that alone, by arithmetic of its own, what each household is due. It shares nothing with the platform but the published standards.
 */

export interface Inhabitant {
  readonly personId: string;
  readonly name: string;
  readonly residentId: string;
  readonly birthDate: string;
  readonly relation: string;
  /** In fen a year. */
  readonly income: number;
  readonly kind: 'adult' | 'child';
  readonly sex: 'female' | 'male';
}

export interface Family {
  readonly householdId: string;
  county: string;
  settlement: 'urban' | 'rural';
  inhabitants: Inhabitant[];
  /** Person id of who has the account that aid is paid to. */
  account: string;
  /** In fen a month, by the month from which it is paid: the last one on or before a month holds in it. */
  readonly due: { from: string; amount: number; county: string; sharing: readonly string[] }[];
}

/** One payment as the book expects it, or as the platform has made it. */
export interface Payment {
  readonly month: string;
  readonly county: string;
  readonly householdId: string;
  /** In fen. */
  readonly amount: number;
  readonly state: 'released' | 'held';
}

/** Fen a month for one head, since 2022 (China Daily, 2022-08-31); no newer figures are published. */
const standards = { urban: 62_800, rural: 49_600 } as const;

/** What a household is due in a month: the gap between all heads' standards and what they have, rounded up to a fen. */
export const allowanceOf = ({ settlement, inhabitants }: Family): number => {
  const income = inhabitants.reduce((sum, inhabitant) => sum + inhabitant.income, 0);
  return Math.max(0, Math.ceil((standards[settlement] * 12 * inhabitants.length - income) / 12));
};

/** Enters what a household is due from a month on, unless it is what it was due before. */
export const enterDue = (family: Family, from: string): void => {
  const { county, inhabitants } = family;
  const amount = allowanceOf(family);
  const sharing = inhabitants.map(({ personId }) => personId);
  const last = family.due.at(-1);
  if (last?.amount === amount && last.county === county && String(last.sharing) === String(sharing)) return;
  family.due.push({ from, amount, county, sharing });
};

const dueIn = ({ due }: Family, month: string) => due.findLast(({ from }) => from <= month);

/** Where a right has ended, what was paid before is still listed once, and held: an exit is seen, never dropped. */
const exitIn = ({ due, householdId }: Family, month: string): Payment | undefined => {
  const last = due.findLast(({ from }) => from < month);
  const isFirst = due.some(({ from, amount }) => from === month && amount === 0);
  if (!isFirst || last === undefined || last.amount === 0) return undefined;
  return { month, county: last.county, householdId, amount: last.amount, state: 'held' };
};

/** What is to be paid to a household in a month, with who is there on the day it is released; nothing when nothing is due. */
export const expectedIn = (family: Family, month: string): Payment | undefined => {
  const due = dueIn(family, month);
  if (due === undefined) return undefined;
  if (due.amount === 0) return exitIn(family, month);
  const present = new Set(family.inhabitants.map(({ personId }) => personId));
  const isDoubtful = !present.has(family.account) || due.sharing.some((personId) => !present.has(personId));
  return {
    month,
    county: due.county,
    householdId: family.householdId,
    amount: due.amount,
    state: isDoubtful ? 'held' : 'released',
  };
};
