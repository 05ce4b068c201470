import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { HouseholdChangeView } from '../../contracts/api/household-changes.ts';
import { PaymentLineList, PaymentRunView } from '../../contracts/api/payment-runs.ts';
import type { Principal } from '../../contracts/principal.ts';
import { dateInChina, endOfDayInChina, Instant, plusDays } from '../../domain/dates.ts';
import type { HouseholdId } from '../../domain/ids.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { bringAbout, obtain, type Request } from '../faults/people.ts';
import { randomFrom } from '../faults/random.ts';
import { startWorld, type World } from '../faults/world.ts';
import { investigators, principal, residentId } from '../support/people.ts';
import { violationsIn } from '../support/recount.ts';
import { enterDue, expectedIn, type Family, type Inhabitant, type Payment } from './book.ts';
import { sweep } from './households.ts';

/** What came of the months. */
export interface MonthCounts {
  readonly months: number;
  readonly households: number;
  /** What happened to households, by kind. */
  readonly happened: Readonly<Record<string, number>>;
  readonly released: number;
  readonly held: number;
  /** Fen paid out. */
  readonly paid: number;
  /** Where book and platform differ, and what the recount of the records finds. */
  readonly violations: readonly string[];
}

/** The offices of a county: who takes applications, works on cases, decides and releases. */
interface Offices {
  readonly county: DivisionCode;
  readonly township: string;
  readonly taker: Principal;
  readonly worker: Principal;
  readonly approver: Principal;
}
const officesOf = (county: string, township: string): Offices => ({
  county: DivisionCode.parse(county),
  township,
  taker: principal('township-worker', township, investigators[0]),
  worker: principal('county-worker', county, `worker-of-${county}`),
  approver: principal('approver', county, `approver-of-${county}`),
});
const places: readonly Offices[] = [officesOf('140121', '140121100'), officesOf('140105', '140105001')];

const minuteMs = 60_000;
/** Facts are good for a year: households hand in anew before theirs are too old. */
const monthsBetweenApplications = 11;
const mostTurns = 80;
/** A card whose check digit is right. */
const account = { bank: '测试银行', number: '6200000000000000000' };

interface Life {
  readonly world: World;
  readonly random: () => number;
  readonly families: Family[];
  readonly happened: Record<string, number>;
  readonly violations: string[];
  /** Numbers that nobody else has had: of people, and of keys of requests. */
  readonly number: () => number;
}

const officesFor = ({ county }: Pick<Family, 'county'>): Offices => {
  const found = places.find((offices) => offices.county === county);
  if (found === undefined) throw new Error(`nobody works in ${county}`);
  return found;
};
const today = ({ world }: Life) => dateInChina(Instant.parse(new Date(world.now()).toISOString()));
const monthOf = (life: Life): string => today(life).slice(0, 7);
const nextMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

const sweepAll = (world: World): Promise<void> =>
  sweep(
    world,
    places.map(({ county }) => county),
  );

/** Moves the clock to the morning of a day of a month, in China, and sweeps. */
const passTo = async ({ world }: Life, month: string, day: number): Promise<void> => {
  const at = Date.parse(`${month}-${String(day).padStart(2, '0')}T01:00:00.000Z`);
  if (at > world.now()) world.pass(at - world.now());
  await sweepAll(world);
};

/** What an officer makes of a task: grants what the rules give; what a later decision has overtaken, as a refusal says, is left. */
const resultOf = ({ kind, openedAt, ...task }: Task, { taker, approver, worker }: Offices, wasRefused: boolean) => {
  switch (kind) {
    case 'field-assessment':
      return {
        as: taker,
        body: { kind, visitedOn: openedAt.slice(0, 10), investigators: [...investigators], findings: [] },
      };
    case 'county-confirmation':
      return { as: approver, body: { kind, decision: 'confirm' } };
    case 'policy-change-check': {
      const isUndecided = !('determinationId' in task) || task.determinationId === undefined;
      return { as: approver, body: { kind, decision: isUndecided || wasRefused ? 'keep' : 'confirm' } };
    }
    default:
      throw new Error(`${worker.subject} does not know what to do with a task ${kind}`);
  }
};

const complete = ({ world }: Life, task: Task, offices: Offices): Promise<void> => {
  let attempts = 0;
  return bringAbout(world, async (): Promise<Request | undefined> => {
    const now = await world.observer.task(task.taskId);
    if (now === undefined || now.state === 'completed' || now.state === 'cancelled') return undefined;
    attempts += 1;
    return { operation: 'completeTask', params: { taskId: task.taskId }, ...resultOf(now, offices, attempts > 1) };
  });
};

/** Lets officers do what lies on their desks until nothing is left that waits for them, and the days of notices pass. */
const attend = async (life: Life): Promise<void> => {
  const { world } = life;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    await world.settle();
    let done = 0;
    let lastDay = '';
    for (const offices of places) {
      const { items: tasks } = await world.observer.openTasks(offices.county, offices.county, 200, null);
      for (const task of tasks) await complete(life, task, offices);
      done += tasks.length;
      for (const { endsOn } of (await world.observer.publishedNotices(offices.county, 200, null)).items)
        if (endsOn > lastDay) lastDay = endsOn;
    }
    if (done > 0) continue;
    if (lastDay === '') return;
    world.pass(Date.parse(endOfDayInChina(lastDay as never)) - world.now() + minuteMs);
    await sweepAll(world);
  }
  throw new Error('the desks never get empty');
};

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

/** A household hands in anew. Where who applied has died, another adult does, and has the account from then on. */
const applyAnew = async (life: Life, family: Family): Promise<void> => {
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

const adult = (life: Life, relation: string, born: string, sex: Inhabitant['sex'], income: number) => ({
  ...{ name: sex === 'male' ? '张测试' : '王测试', relation, income, sex, kind: 'adult' as const },
  residentId: residentId(born, (2 * (life.number() % 499) + (sex === 'male' ? 1 : 0)) % 1_000),
});

/** A couple that comes to the office for the first time. */
const settleIn = async (life: Life, offices: Offices): Promise<void> => {
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

type Happening = (life: Life, family: Family) => Promise<boolean>;
/** Who may go without leaving children alone, and is not who applied. */
const others = (family: Family): Inhabitant | undefined =>
  family.inhabitants.findLast(
    ({ relation, kind }) => relation !== 'applicant' && (kind === 'child' || adults(family).length > 1),
  );
const without = (family: Family, personId: string): void => {
  family.inhabitants = family.inhabitants.filter((inhabitant) => inhabitant.personId !== personId);
};

const birth: Happening = async (life, family) => {
  const birthDate = today(life);
  const child = { ...adult(life, 'child', birthDate, 'female', 0), kind: 'child' as const };
  const { name, relation, sex } = child;
  const { personId } = await change(life, family, {
    ...{ kind: 'birth', name, residentId: child.residentId, birthDate, sex, relation },
    declared: declaredOf(child),
    evidence: 'birth-certificate',
  });
  family.inhabitants.push({ ...child, personId: personId ?? '' });
  return true;
};
const joining: Happening = async (life, family) => {
  const born = '1979-05-05';
  const sibling = adult(life, 'sibling', born, 'female', 10_000 + Math.floor(life.random() * 50) * 10_000);
  const { name, relation, sex } = sibling;
  const { personId } = await change(life, family, {
    ...{ kind: 'joined', on: today(life), name, residentId: sibling.residentId, birthDate: born, sex, relation },
    declared: declaredOf(sibling),
    evidence: 'household-registration',
  });
  family.inhabitants.push({ ...sibling, personId: personId ?? '' });
  return true;
};
const leaving: Happening = async (life, family) => {
  const gone = others(family);
  if (gone === undefined) return false;
  await change(life, family, {
    ...{ kind: 'left', on: today(life), personId: gone.personId, evidence: 'committee-statement' },
  });
  without(family, gone.personId);
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
const dying: Happening = async (life, family) => {
  const { world, random } = life;
  const dead = random() < 0.3 && adults(family).length > 1 ? family.inhabitants[0] : others(family);
  if (dead === undefined) return false;
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
const happenings: Readonly<Record<string, Happening>> = { birth, joining, leaving, moving, dying };

/** Something may happen to each household; what does is decided within days, and is due from the next month on. */
const live = async (life: Life, chance: number): Promise<void> => {
  const { families, random, happened } = life;
  for (const family of families) {
    if (family.inhabitants.length === 0 || random() >= chance) continue;
    const names = Object.keys(happenings);
    const name = names[Math.floor(random() * names.length)] ?? '';
    if (await happenings[name]?.(life, family)) happened[name] = (happened[name] ?? 0) + 1;
  }
  const month = monthOf(life);
  await attend(life);
  for (const family of families) enterDue(family, nextMonth(month));
};

const keyOf = ({ month, county, householdId, amount, state }: Payment): string =>
  `${month} ${county} ${householdId}: ${amount} fen ${state}`;

/** Lists a county's payments of the month, lets someone die in between, releases, and answers what was made of each line. */
const pay = async (life: Life, { county, worker, approver }: Offices, between: () => Promise<void>) => {
  const { world, number } = life;
  const month = monthOf(life);
  const requested = await obtain(world, {
    operation: 'requestPaymentRun',
    as: worker,
    key: `the-key-of-payments-${number()}`,
    body: { month },
  });
  const { paymentRunId } = PaymentRunView.parse(requested.body);
  const params = { paymentRunId };
  await world.settle();
  await between();
  await bringAbout(world, async () => {
    const run = await world.observer.paymentRun(paymentRunId);
    if (run?.state !== 'checked') return undefined;
    return { operation: 'releasePaymentRun', as: approver, params, ifMatch: run.version };
  });
  await world.settle();
  const read = await obtain(world, { operation: 'readPaymentRun', as: worker, params });
  const lines = await obtain(world, { operation: 'listPaymentLines', as: worker, params, query: 'limit=100' });
  const run = PaymentRunView.parse(read.body);
  const { listed, released, held } = run.totals;
  if (run.state !== 'released' || listed.fen !== released.fen + held.fen)
    life.violations.push(`${month} ${county}: the run is ${run.state}, and its totals do not add up`);
  return PaymentLineList.parse(lines.body).lines.map(
    ({ householdId, amount, state }): Payment => ({
      ...{ month, county, householdId, amount },
      state: state === 'released' ? 'released' : 'held',
    }),
  );
};

/** Holds what was paid in a month against the book: the same households, by the same county, the same fen, the same held. */
const compare = ({ families, violations }: Life, month: string, made: readonly Payment[]): void => {
  const expected = families.flatMap((family) => expectedIn(family, month) ?? []).map(keyOf);
  const found = made.map(keyOf);
  for (const key of expected) if (!found.includes(key)) violations.push(`the book expects ${key}`);
  for (const key of found) if (!expected.includes(key)) violations.push(`the platform has made ${key}`);
};

/** Holds the assistance chain against what was released: one entry delivered for each, of the same household, month and fen. */
const compareChain = async ({ world, violations }: Life, payments: readonly Payment[]): Promise<void> => {
  const released = payments.filter(({ state }) => state === 'released');
  const { roster } = await world.records();
  const entries = roster.filter(({ pk, sk }) => String(pk).startsWith('ASSISTANCE#') && sk === 'STATE');
  if (entries.length !== released.length)
    violations.push(`the assistance chain has ${entries.length} entries for ${released.length} payments`);
};

/**
 * Lives through some months with some households, to whom children are born, whom others join and leave, who move between counties and
 * die; pays each month, and holds payments and assistance chain against a book kept by the simulation itself. The same seed is the same life.
 */
export const runMonths = async (
  households: number,
  months: number,
  seed: number,
  say: (text: string) => void,
): Promise<MonthCounts> => {
  const world = await startWorld();
  let numbers = 0;
  const life: Life = {
    world,
    random: randomFrom(seed),
    families: [],
    happened: {},
    violations: [],
    number: () => {
      numbers += 1;
      return numbers;
    },
  };
  const payments: Payment[] = [];
  try {
    await world.reset(`months, seed ${seed}`);
    for (let index = 0; index < households; index += 1) {
      const offices = places[index % places.length];
      if (offices !== undefined) await settleIn(life, offices);
    }
    const first = monthOf(life);
    await attend(life);
    for (const family of life.families) enterDue(family, nextMonth(first));
    let month = nextMonth(first);
    for (let count = 1; count <= months; count += 1, month = nextMonth(month)) {
      await passTo(life, month, 2);
      const made: Payment[] = [];
      for (const offices of places) {
        made.push(
          ...(await pay(life, offices, async () => {
            const family = life.families.find(
              ({ county, inhabitants }) => county === offices.county && inhabitants.length > 1,
            );
            if (family === undefined || life.random() >= 0.2) return;
            if (await dying(life, family))
              life.happened['dying while payments are listed'] =
                (life.happened['dying while payments are listed'] ?? 0) + 1;
          })),
        );
      }
      compare(life, month, made);
      payments.push(...made);
      await passTo(life, month, 10);
      if (count % monthsBetweenApplications === 0) {
        for (const family of life.families) await applyAnew(life, family);
        await attend(life);
      }
      await live(life, 0.3);
      say(`month ${count}/${months}: ${payments.length} payments, ${life.violations.length} violations`);
    }
    await sweepAll(world);
    await compareChain(life, payments);
    const records = await world.records();
    life.violations.push(
      ...(await violationsIn({
        items: async (table: 'roster' | 'audit') => [...records[table]],
        at: () => Instant.parse(new Date(world.now()).toISOString()),
      })),
    );
    const released = payments.filter(({ state }) => state === 'released');
    return {
      ...{ months, households, happened: life.happened, violations: life.violations },
      released: released.length,
      held: payments.length - released.length,
      paid: released.reduce((sum, { amount }) => sum + amount, 0),
    };
  } finally {
    await world.stop();
  }
};
