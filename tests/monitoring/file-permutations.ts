import { keyringFrom } from '../../adapters/crypto/keyring.ts';
import { pieceReader } from '../../adapters/feeds/piece-reader.ts';
import type { Dependencies } from '../../domain/dependencies.ts';
import { isOfDepartment } from '../../domain/facts/fact.ts';
import { Feed } from '../../domain/feeds/feed.ts';
import type { FeedPlan, FeedRunId, FeedRunStore, PieceProgress } from '../../domain/feeds/feed-run.ts';
import type { RosterHousehold } from '../../domain/households/roster-household.ts';
import type { FeedId, HouseholdId } from '../../domain/ids.ts';
import type { KnownPerson, RosterStore } from '../../domain/store/roster-store.ts';
import { beginComparison } from '../../functions/begin-comparison/begin-comparison.ts';
import { comparePiece } from '../../functions/compare-piece/compare-piece.ts';
import { endComparison } from '../../functions/end-comparison/end-comparison.ts';
import type { PieceDependencies } from '../../functions/feeds/feed-file.ts';
import { shanxiPack } from '../../policies/shanxi/pack.ts';
import { randomFrom, shuffled } from '../faults/random.ts';
import { objectsInMemory } from '../support/objects.ts';
import { residentId } from '../support/people.ts';
import { recordsOf } from '../support/records.ts';

/** What came of the files. */
export interface FilePermutationCounts {
  readonly permutations: number;
  readonly files: number;
  /** Rosters that differ from that of the files in their own order, each once, and rows that did not end in one of the four ways. */
  readonly violations: readonly string[];
}

const people = 3;
const idOf = (person: number): string => residentId('1958-03-12', 701 + 2 * person);

const datasets = [
  { dataset: 'tax', agency: 'finance', headings: '身份证号,姓名,近12个月工资薪金所得,统计日期' },
  { dataset: 'social-insurance', agency: 'human-resources', headings: '身份证号,姓名,近12个月其他养老待遇,统计日期' },
  { dataset: 'vehicles', agency: 'civil-affairs', headings: '身份证号,姓名,本户机动车数量,统计日期' },
  { dataset: 'housing-fund', agency: 'housing', headings: '身份证号,姓名,近12个月缴存工资,统计日期' },
] as const;

/** A file as it is handed in: its rows, and when it was committed. */
interface File {
  readonly of: (typeof datasets)[number];
  readonly committedAt: string;
  readonly rows: readonly string[];
}

/**
 * Ten files of some months: months come late and twice with other values, and two files are committed in the same moment. No two say the same
 * of one day: what a later file says again is no news and is not recorded (docs/feed-uploads.md), so that which of three counts would follow
 * their order.
 */
const madeFiles = (random: () => number): readonly File[] =>
  Array.from({ length: 10 }, (_, file): File => {
    const of = datasets[file % datasets.length] ?? datasets[0];
    const rows = Array.from({ length: people }, (__, person) => {
      const month = 1 + Math.floor(random() * 4);
      return `${idOf(person)},某某,${file * 5 + Math.floor(random() * 5)},2026-0${month}-28`;
    });
    return { of, rows, committedAt: `2026-05-${10 + Math.min(file, 8)}T02:00:00.000Z` };
  });

/** Files in another order, some of them twice, some in two that are handed in apart, and with their rows in another order. */
const permuted = (files: readonly File[], random: () => number): readonly File[] =>
  shuffled(
    files.flatMap((file): File[] => {
      const mixed = { ...file, rows: shuffled(file.rows, random) };
      const chance = random();
      if (chance < 0.3) return [file, mixed];
      const at = 1 + Math.floor(random() * (mixed.rows.length - 1));
      return chance < 0.6
        ? [
            { ...mixed, rows: mixed.rows.slice(0, at) },
            { ...mixed, rows: mixed.rows.slice(at) },
          ]
        : [mixed];
    }),
    random,
  );

const notesInMemory = (): FeedRunStore => {
  const plans = new Map<string, FeedPlan>();
  const notes = new Map<string, PieceProgress>();
  const nameOf = ({ feedId, run }: FeedRunId): string => `${feedId} ${run}`;
  const plan: FeedRunStore['plan'] = async (run) => plans.get(nameOf(run));
  return {
    plan,
    begin: async (run, wanted) => {
      if (!plans.has(nameOf(run))) plans.set(nameOf(run), wanted);
      return plans.get(nameOf(run)) ?? wanted;
    },
    read: async (run) => {
      const found = await plan(run);
      if (found === undefined) return undefined;
      const progress = [...notes].flatMap(([name, note]) => (name.startsWith(`${nameOf(run)} `) ? [note] : []));
      return { plan: found, progress };
    },
    piece: async (run, piece) => notes.get(`${nameOf(run)} ${piece}`),
    store: async (run, progress) => {
      const name = `${nameOf(run)} ${progress.piece}`;
      if ((notes.get(name)?.steps ?? 0) !== progress.steps - 1) return false;
      notes.set(name, progress);
      return true;
    },
  };
};

/** A roster in memory, of which people are looked up and households and feeds read and written, each on the version that was read. */
const rosterOf = (households: readonly RosterHousehold[]) => {
  const stored = new Map<HouseholdId, RosterHousehold>(households.map((each) => [each.household.householdId, each]));
  const feeds = new Map<FeedId, Feed>();
  const known = new Map<string, KnownPerson>(
    households.map(({ household }, person) => {
      const [member] = household.members;
      if (member === undefined) throw new Error('a household of nobody');
      return [idOf(person), { personId: member.personId, householdId: household.householdId, applicationId: null }];
    }),
  );
  const store: Pick<RosterStore, 'household' | 'feed' | 'people' | 'commit'> = {
    household: async (id) => stored.get(id),
    feed: async (id) => feeds.get(id),
    people: async (ids) => ids.map((id) => known.get(id)),
    commit: async ({ aggregates: [write] }) => {
      if (write?.kind === 'feed') feeds.set(write.value.feedId, write.value);
      else if (write?.kind === 'household') {
        const { householdId } = write.value.household;
        if (stored.get(householdId)?.version !== write.value.version - 1)
          return { ok: false, conflict: 'version', kind: 'household' };
        stored.set(householdId, write.value);
      } else throw new Error('only households and feeds were to be written');
      return { ok: true };
    },
  };
  return {
    store,
    feeds,
    bytes: (): string => JSON.stringify([...stored.values()].map(({ household }) => household)),
  };
};

/** Hands files in one after the other, now and then two at once, and compares each as the state machine does. */
const handedIn = async (households: readonly RosterHousehold[], order: readonly File[], random: () => number) => {
  const { store, feeds, bytes } = rosterOf(households);
  const objects = objectsInMemory();
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return ids.toString(16).padStart(32, '0');
  };
  const dependencies = {
    store,
    newId,
    objects,
    now: () => '2026-05-20T02:00:00.000Z',
    policies: { inForce: async () => shanxiPack },
    feedRuns: notesInMemory(),
    // Every file is of several pieces; there is no index of people, so that all of them are looked up.
    reader: pieceReader(async () => keyringFrom('a secret of this proof, which protects nobody'), 60),
    peopleIndex: { standing: async () => undefined, enteredOn: async () => new Uint8Array() },
    indexes: { filter: async () => undefined },
  } as unknown as Dependencies & PieceDependencies;
  const give = async ({ of, committedAt, rows }: File): Promise<void> => {
    const content = new TextEncoder().encode(`${of.headings}\n${rows.join('\n')}\n`);
    const feed = Feed.parse({
      ...{ feedId: `fed_${newId()}`, version: 1, state: 'applying', dataset: of.dataset, agency: of.agency },
      ...{ division: '14', format: 'csv', compression: 'none', bytes: content.length, uploadId: 'u' },
      ...{ announcedBy: 'agency', announcedAt: committedAt, uploadedAt: committedAt, checkedAt: committedAt },
      ...{ committedBy: 'agency', committedAt, appliedAt: null, wouldBe: null, became: null, fault: null, missing: [] },
    });
    feeds.set(feed.feedId, feed);
    await objects.put(`uploads/${feed.feedId}/file`, content);
    const run = { feedId: feed.feedId, run: 'commit' } as const;
    const { pieces } = await beginComparison(dependencies, run);
    await Promise.all(
      pieces.map(async (step) => {
        while (!(await comparePiece(dependencies, step)).done);
      }),
    );
    await endComparison(dependencies, run);
  };
  for (let next = 0; next < order.length; ) {
    const atOnce = random() < 0.3 ? 2 : 1;
    await Promise.all(order.slice(next, next + atOnce).map(give));
    next += atOnce;
  }
  const counts = [...feeds.values()].map(({ state, became }) => ({ state, became }));
  const isWhole = counts.every(
    ({ state, became }) =>
      state === 'applied' && became !== null && became.rows === became.applied + became.unchanged && became.rows > 0,
  );
  return { roster: bytes(), isWhole, rows: counts.reduce((sum, { became }) => sum + (became?.rows ?? 0), 0) };
};

/**
 * Hands ten files in over and over, in other orders, doubled, split, with their rows mixed, two at the same time now and then, each through the
 * steps of the comparison in several pieces at once: the roster is the same each time, byte for byte, and every row is applied or unchanged.
 */
export const runFilePermutations = async (permutations: number, seed: number): Promise<FilePermutationCounts> => {
  const random = randomFrom(seed);
  const households = Array.from({ length: people }, (_, person) => {
    const { household } = recordsOf(`of files: ${person}`);
    const facts = household.household.facts.filter((fact) => !isOfDepartment(fact));
    return { ...household, household: { ...household.household, facts } };
  });
  const files = madeFiles(random);
  const inOrder = await handedIn(households, files, () => 1);
  const violations: string[] = inOrder.isWhole ? [] : ['the files in their own order are not applied'];
  let given = files.length;
  for (let number = 0; number < permutations; number += 1) {
    const order = permuted(files, random);
    given += order.length;
    const { roster, isWhole, rows } = await handedIn(households, order, random);
    if (roster !== inOrder.roster) violations.push(`files in order ${number} lead to another roster`);
    const expected = order.reduce((sum, file) => sum + file.rows.length, 0);
    if (!isWhole || rows !== expected) violations.push(`files in order ${number}: a row has not ended as it should`);
  }
  return { permutations, files: given, violations };
};
