import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { HouseholdChangeView } from '../../contracts/api/household-changes.ts';
import { plusDays } from '../../domain/dates.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { obtain } from '../faults/people.ts';
import { residentId } from '../support/people.ts';
import type { Family, Inhabitant } from './book.ts';
import { type Life, type Offices, officesFor, places, takeAMoment, today } from './life.ts';

/** A card whose check digit is right. */
const account = { bank: '测试银行', number: '6200000000000000000' };

const declaredOf = ({ income, kind }: Pick<Inhabitant, 'income' | 'kind'>) => ({
  incomes: kind === 'child' ? {} : { transfer: income },
  // Somebody who could support them: so it is the allowance that is tested and found.
  capableSupporters: 2,
  selfCareFailedIndicators: 0,
});

/** Hands in an application for all of a household as it lives now, and has it decided; it is paid from the month after. */
const apply = async (
  life: Life,
  offices: Offices,
  inhabitants: readonly Inhabitant[],
  settlement: Family['settlement'],
) => {
  const { world, number } = life;
  const day = today(life);
  const refs = inhabitants.map((inhabitant, index) => ({ ...inhabitant, ref: `m${index}` }));
  const holder = refs.find(({ relation }) => relation === 'applicant')?.ref ?? '';
  const { body } = await obtain(world, {
    operation: 'submitApplication',
    as: offices.taker,
    key: `the-key-of-application-${number()}`,
    body: {
      ...{ registeredDivision: offices.township, residenceDivision: offices.township, settlement },
      ...{ declarationSignedOn: day, consentToNextTier: true },
      members: refs.map((inhabitant) => ({
        ...{ ref: inhabitant.ref, name: inhabitant.name, residentId: inhabitant.residentId },
        relation: inhabitant.relation,
        ...declaredOf(inhabitant),
        consent: { givenOn: day, expiresOn: plusDays(day, 360) },
      })),
      property: { financialAssets: 200_000, dwellings: 1, vehicles: 0, businesses: 0, nonResidential: 0 },
      papers: [
        { kind: 'household-register' },
        ...refs.flatMap(({ ref }) => [
          { kind: 'identity-document', member: ref },
          { kind: 'income-proof', member: ref },
        ]),
      ],
      account: { holder, ...account },
    },
  });
  return SubmittedApplication.parse(body);
};

const adults = ({ inhabitants }: Family): readonly Inhabitant[] => inhabitants.filter(({ kind }) => kind === 'adult');
/** A household that all have left does not hand in any more. */
export const isInhabited = (family: Family): boolean => adults(family).length > 0;

/** A household hands in anew. Where who applied has died, another adult does, and has the account from then on. */
export const applyAnew = async (life: Life, family: Family): Promise<void> => {
  if (!family.inhabitants.some(({ relation }) => relation === 'applicant')) {
    const head = adults(family)[0]?.personId;
    family.inhabitants = family.inhabitants.map((one) =>
      one.personId === head ? { ...one, relation: 'applicant' } : one,
    );
  }
  const { inhabitants, settlement } = family;
  await apply(life, officesFor(family), inhabitants, settlement);
  family.account = inhabitants.find(({ relation }) => relation === 'applicant')?.personId ?? '';
};

/** The how manieth somebody is of those born on a day; the resident ID has room for 499 of each sex. */
const ordinalOf = ({ born }: Life, day: string): number => {
  const ordinal = (born.get(day) ?? -1) + 1;
  if (ordinal > 498) throw new Error(`too many people were born on ${day}`);
  born.set(day, ordinal);
  return ordinal;
};

const adult = (life: Life, relation: string, born: string, sex: Inhabitant['sex'], income: number) => ({
  ...{ name: sex === 'male' ? '张测试' : '王测试', relation, income, sex, birthDate: born, kind: 'adult' as const },
  residentId: residentId(born, 2 * ordinalOf(life, born) + (sex === 'male' ? 1 : 0)),
});

/** A couple that comes to the office for the first time. */
export const settleIn = async (life: Life, offices: Offices): Promise<void> => {
  const income = 20_000 + Math.floor(life.random() * 100) * 1_000;
  const couple = [
    adult(life, 'applicant', '1972-03-12', 'male', income),
    adult(life, 'spouse', '1974-07-24', 'female', income),
  ].map((one) => ({ ...one, personId: '' }));
  const { householdId, members } = await apply(life, offices, couple, 'rural');
  const inhabitants = couple.map((one, index) => ({ ...one, personId: members[index]?.personId ?? '' }));
  const [{ personId = '' } = {}] = inhabitants;
  life.families.push({
    ...{ householdId, county: offices.county, settlement: 'rural' as const, inhabitants, account: personId, due: [] },
  });
};

/** Has a change put on record by the county the household lives in; the household's version is the one that is read just before. */
const change = async (life: Life, family: Family, body: object): Promise<HouseholdChangeView> => {
  const { world, number } = life;
  const { worker } = officesFor(family);
  takeAMoment(world);
  const version = (await world.observer.household(family.householdId as HouseholdId))?.version;
  if (version === undefined) throw new Error(`${family.householdId} is not there`);
  const answer = await obtain(world, {
    operation: 'recordHouseholdChange',
    as: worker,
    params: { householdId: family.householdId },
    key: `the-key-of-change-${number()}`,
    ifMatch: version,
    body,
  });
  return HouseholdChangeView.parse(answer.body);
};

export type Happening = (life: Life, family: Family) => Promise<boolean>;
/** Who may go without leaving children alone, and is not who applied. */
const others = (family: Family): Inhabitant | undefined =>
  family.inhabitants.findLast(
    ({ relation, kind }) => relation !== 'applicant' && (kind === 'child' || adults(family).length > 1),
  );
const without = (family: Family, personId: string): void => {
  family.inhabitants = family.inhabitants.filter((inhabitant) => inhabitant.personId !== personId);
};

/** Somebody who comes into a household, and in which way; who was on the roster before is known by the resident ID. */
const comeIn = async (
  life: Life,
  family: Family,
  newcomer: Omit<Inhabitant, 'personId'>,
  how: object,
): Promise<void> => {
  const { name, residentId: number, birthDate, sex, relation } = newcomer;
  const { personId } = await change(life, family, {
    ...how,
    ...{ name, residentId: number, birthDate, sex, relation },
    declared: declaredOf(newcomer),
  });
  if (personId === null) throw new Error('who came in has no id');
  family.inhabitants.push({ ...newcomer, personId });
};
const joinedOn = (life: Life) => ({ kind: 'joined', on: today(life), evidence: 'household-registration' });

const birth: Happening = async (life, family) => {
  const child = { ...adult(life, 'child', today(life), 'female', 0), kind: 'child' as const };
  await comeIn(life, family, child, { kind: 'birth', evidence: 'birth-certificate' });
  return true;
};
const joining: Happening = async (life, family) => {
  const income = 10_000 + Math.floor(life.random() * 50) * 10_000;
  await comeIn(life, family, adult(life, 'sibling', '1979-05-05', 'female', income), joinedOn(life));
  return true;
};
const leave = async (life: Life, family: Family, { personId }: Inhabitant): Promise<void> => {
  await change(life, family, { kind: 'left', on: today(life), personId, evidence: 'committee-statement' });
  without(family, personId);
};
const leaving: Happening = async (life, family) => {
  const gone = others(family);
  if (gone === undefined) return false;
  await leave(life, family, gone);
  return true;
};
/** An adult forms a household of her own, and hands in for it. */
const dividing: Happening = async (life, family) => {
  const gone = others(family);
  if (gone === undefined || gone.kind === 'child') return false;
  const { personId } = gone;
  const { formedHouseholdId } = await change(life, family, {
    ...{ kind: 'divided', on: today(life), members: [{ personId, relation: 'applicant' }] },
    evidence: 'household-registration',
  });
  if (formedHouseholdId === null) throw new Error('no household was formed');
  without(family, personId);
  const formed: Family = {
    ...{ householdId: formedHouseholdId, county: family.county, settlement: family.settlement },
    ...{ inhabitants: [{ ...gone, relation: 'applicant' }], account: personId, due: [] },
  };
  life.families.push(formed);
  await applyAnew(life, formed);
  return true;
};
/** All of a small household come into the smallest other one of the same county: each leaves, who applied last, and joins there. */
const merging: Happening = async (life, family) => {
  const [other] = life.families
    .filter((each) => each !== family && each.county === family.county && isInhabited(each))
    .toSorted((one, another) => one.inhabitants.length - another.inhabitants.length);
  if (other === undefined || adults(family).length !== 1) return false;
  const going = family.inhabitants.toSorted((one) => (one.relation === 'applicant' ? 1 : -1));
  for (const inhabitant of going) await leave(life, family, inhabitant);
  for (const inhabitant of going) await comeIn(life, other, { ...inhabitant, relation: 'other' }, joinedOn(life));
  return true;
};
const moving: Happening = async (life, family) => {
  const to = places.find(({ county }) => county !== family.county);
  if (to === undefined) return false;
  const settlement = life.random() < 0.5 ? 'urban' : 'rural';
  await change(life, family, {
    ...{ kind: 'moved', on: today(life), residenceDivision: to.township, registeredDivision: to.township },
    ...{ settlement, evidence: 'household-registration' },
  });
  family.county = to.county;
  family.settlement = settlement;
  return true;
};
export const dying: Happening = async (life, family) => {
  const { world, random } = life;
  const dead = random() < 0.3 && adults(family).length > 1 ? family.inhabitants[0] : others(family);
  if (dead === undefined) return false;
  takeAMoment(world);
  const version = (await world.observer.household(family.householdId as HouseholdId))?.version;
  await obtain(world, {
    operation: 'recordDeath',
    as: officesFor(family).worker,
    params: { householdId: family.householdId, personId: dead.personId },
    ...(version === undefined ? {} : { ifMatch: version }),
    body: { diedOn: today(life), evidence: 'death-certificate' },
  });
  without(family, dead.personId);
  return true;
};
export const happenings: Readonly<Record<string, Happening>> = {
  birth,
  joining,
  leaving,
  moving,
  dividing,
  merging,
  dying,
};
