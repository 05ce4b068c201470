import { PaymentLineList, type PaymentLineView, PaymentRunView } from '../../contracts/api/payment-runs.ts';
import { Instant } from '../../domain/dates.ts';
import { bringAbout, obtain } from '../faults/people.ts';
import { randomFrom } from '../faults/random.ts';
import { startWorld } from '../faults/world.ts';
import { violationsIn } from '../support/recount.ts';
import { enterDue, expectedIn, type Payment } from './book.ts';
import { applyAnew, dying, happenings, isInhabited, settleIn } from './happenings.ts';
import { attend, type Life, monthOf, nextMonth, note, type Offices, passTo, places, sweepAll } from './life.ts';

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

/** Facts are good for a year: households hand in anew before theirs are too old. */
const monthsBetweenApplications = 11;
/** Of something to happen to a household in a month. */
const chanceOfChange = 0.3;
/** Of somebody to die in a county while its payments are listed and not yet released. */
const chanceOfDeath = 0.2;

/** Something may happen to each household; what does is decided within days, and is due from the next month on. */
const live = async (life: Life): Promise<void> => {
  const { random } = life;
  // As they are on this day: who forms a household on it, or has gone into another one, has had enough happen.
  for (const family of [...life.families]) {
    if (!isInhabited(family) || random() >= chanceOfChange) continue;
    const names = Object.keys(happenings);
    const name = names[Math.floor(random() * names.length)] ?? '';
    if (await happenings[name]?.(life, family)) note(life, name);
  }
  const month = monthOf(life);
  await attend(life);
  for (const family of life.families) enterDue(family, nextMonth(month));
};

const dieMeanwhile = async (life: Life, { county }: Offices): Promise<void> => {
  const family = life.families.find((each) => each.county === county && each.inhabitants.length > 1);
  if (family === undefined || life.random() >= chanceOfDeath) return;
  if (await dying(life, family)) note(life, 'dying while payments are listed');
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
  const lines: PaymentLineView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = `limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await obtain(world, { operation: 'listPaymentLines', as: worker, params, query });
    const page = PaymentLineList.parse(answer.body);
    lines.push(...page.lines);
    cursor = page.nextCursor;
  }
  const run = PaymentRunView.parse(read.body);
  const { listed, released, held } = run.totals;
  if (run.state !== 'released' || listed.fen !== released.fen + held.fen)
    life.violations.push(`${month} ${county}: the run is ${run.state}, and its totals do not add up`);
  return lines.map(
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
    born: new Map(),
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
        made.push(...(await pay(life, offices, () => dieMeanwhile(life, offices))));
      }
      compare(life, month, made);
      payments.push(...made);
      await passTo(life, month, 10);
      if (count % monthsBetweenApplications === 0) {
        for (const family of life.families.filter(isInhabited)) await applyAnew(life, family);
        await attend(life);
      }
      await live(life);
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
