import type { Dependencies } from '../../domain/dependencies.ts';
import { Fact, isOfDepartment } from '../../domain/facts/fact.ts';
import { factKinds } from '../../domain/facts/fact-kinds.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { Change, CommitResult, RosterStore } from '../../domain/store/roster-store.ts';
import { recordFacts } from '../../functions/record-facts.ts';
import { randomFrom, shuffled } from '../faults/random.ts';
import { recordsOf } from '../support/records.ts';

/** What came of the permutations. */
export interface PermutationCounts {
  readonly permutations: number;
  readonly feeds: number;
  /** Times that facts were given to a household. */
  readonly given: number;
  /** Rosters that differ from that of the feeds in their own order, each once. */
  readonly violations: readonly string[];
}

/** A roster in memory of which only whole households are asked for and written, each on the version that was read. */
const rosterOf = (households: readonly RosterHousehold[]) => {
  const stored = new Map(households.map((each) => [each.household.householdId, each]));
  const commit = async ({ aggregates }: Change): Promise<CommitResult> => {
    const [write] = aggregates;
    if (write?.kind !== 'household' || aggregates.length > 1) throw new Error('only a household was to be written');
    const { householdId } = write.value.household;
    if (stored.get(householdId)?.version !== write.value.version - 1)
      return { ok: false, conflict: 'version', kind: 'household' };
    stored.set(householdId, write.value);
    return { ok: true };
  };
  const store: Pick<RosterStore, 'household' | 'commit'> = { household: async (id) => stored.get(id), commit };
  return { store, bytes: (): string => JSON.stringify([...stored.values()].map(({ household }) => household)) };
};

/** What a feed says of one household. */
interface Row {
  readonly of: RosterHousehold;
  readonly facts: readonly Fact[];
}
type Feed = readonly Row[];

const said = [
  ['hospital.stay-self-paid', 'hospital-bills'],
  ['income.wages', 'tax'],
  ['income.transfer', 'social-insurance'],
  ['asset.vehicles', 'vehicles'],
] as const;

/**
 * Ten feeds of some months, each received on a day of its own: months come late and twice with other values, two feeds are received in the
 * same moment, and a row may say something of a day that another feed has said something else of.
 */
const madeFeeds = (households: readonly RosterHousehold[], random: () => number): readonly Feed[] =>
  Array.from({ length: 10 }, (_, feed) =>
    households.map((of): Row => {
      const { householdId, members } = of.household;
      const [kind, dataset] = said[feed % said.length] ?? said[0];
      const { about, unit } = factKinds[kind];
      const month = 1 + Math.floor(random() * 4);
      const received = Math.min(feed, 8) + 10;
      const fact = Fact.parse({
        kind,
        subject: about === 'person' ? members[0]?.personId : householdId,
        value: Math.floor(random() * 5),
        unit,
        dataset,
        asOf: `2026-0${month}-28`,
        recordedAt: `2026-05-${received}T02:00:00.000Z`,
      });
      return { of, facts: [fact] };
    }),
  );

/** Feeds in another order, some of them twice, some in two parts that are given apart. */
const permuted = (feeds: readonly Feed[], random: () => number): readonly Feed[] =>
  shuffled(
    feeds.flatMap((feed): Feed[] => {
      const chance = random();
      if (chance < 0.3) return [feed, feed];
      const at = Math.floor(random() * feed.length);
      return chance < 0.6 ? [feed.slice(0, at), feed.slice(at)] : [feed];
    }),
    random,
  );

/**
 * Gives ten feeds to the households of a small roster in many orders, doubled and split, two of them at the same time now and then: the
 * roster is the same each time, byte for byte, as after the feeds in the order of their arrival.
 */
export const runPermutations = async (permutations: number, seed: number): Promise<PermutationCounts> => {
  const random = randomFrom(seed);
  const households = ['one', 'two', 'three'].map((name) => {
    const { household } = recordsOf(`of feeds: ${name}`);
    const facts = household.household.facts.filter((fact) => !isOfDepartment(fact));
    return { ...household, household: { ...household.household, facts } };
  });
  const feeds = madeFeeds(households, random);
  let given = 0;
  let ids = 0;
  const give = async (order: readonly Feed[]): Promise<string> => {
    const { store, bytes } = rosterOf(households);
    const newId = (): string => {
      ids += 1;
      return ids.toString(16).padStart(32, '0');
    };
    const dependencies = { store, newId, now: () => feeds[0]?.[0]?.facts[0]?.recordedAt } as unknown as Dependencies;
    const giveFeed = async (feed: Feed): Promise<void> => {
      for (const { of, facts } of feed) {
        await recordFacts(dependencies, of.household.householdId, facts);
        given += 1;
      }
    };
    for (let next = 0; next < order.length; ) {
      const atOnce = random() < 0.3 ? 2 : 1;
      await Promise.all(order.slice(next, next + atOnce).map(giveFeed));
      next += atOnce;
    }
    return bytes();
  };
  const inOrder = await give(feeds);
  const violations: string[] = [];
  for (let number = 0; number < permutations; number += 1) {
    if ((await give(permuted(feeds, random))) !== inOrder)
      violations.push(`permutation ${number} leads to another roster`);
  }
  return { permutations, feeds: feeds.length, given, violations };
};
