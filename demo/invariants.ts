import { z } from 'zod';
import type { ApplicationView } from '../contracts/api/applications.ts';
import type { ReviewView } from '../contracts/api/reviews.ts';
import type { Text } from '../contracts/problems.ts';
import { type EventType, eventTypes } from '../domain/events/event.ts';
import { today } from './chronicle.ts';
import { call, granted } from './client.ts';
import { hasLifecycle, isStateOf, replay } from './replay.ts';
import { staff } from './staff.ts';
import type { ToldStory } from './story.ts';
import type { Records, World } from './world.ts';

/** Something that must be so whatever has happened, checked on every record it is about. */
export interface Invariant {
  readonly name: Text;
  readonly checked: number;
  /** Ids of the records where it is not so. */
  readonly violations: readonly string[];
}

const invariant = (
  zh: string,
  en: string,
  subjects: readonly (readonly [id: string, holds: boolean])[],
): Invariant => ({
  name: { zh, en },
  checked: subjects.length,
  violations: subjects.filter(([, holds]) => !holds).map(([id]) => id),
});

const isEventType = (type: string): type is EventType => Object.hasOwn(eventTypes, type);

const AuditEntry = z.object({
  sk: z.string(),
  type: z.string().refine(isEventType),
  role: z.string(),
  records: z.array(z.string()),
});
const Row = z.looseObject({ pk: z.string(), sk: z.string(), version: z.int().optional() });
type Row = z.infer<typeof Row>;

/** A record of the Roster with a version, and everything the audit says of it, oldest first. */
interface Traced {
  readonly kind: string;
  readonly id: string;
  readonly row: Row;
  readonly changes: readonly { event: EventType; role: string; version: number }[];
}

/** Records whose keys begin with another word than the audit calls them by. */
const kindNames: Readonly<Record<string, string>> = { ASSISTANCE: 'assistance-entry' };

const tracedRecords = (rows: readonly Row[], audit: Records['audit']): readonly Traced[] => {
  // Beside the entries, which are filed under divisions, the table holds their chain and copies for the people concerned.
  const entries = audit
    .filter(({ pk }) => typeof pk === 'string' && pk.startsWith('14'))
    .map((entry) => AuditEntry.parse(entry));
  entries.sort((one, other) => (one.sk < other.sk ? -1 : 1));
  return rows
    .filter(({ version }) => version !== undefined)
    .map((row) => {
      const [prefix = '', id = ''] = row.pk.split('#');
      const kind = kindNames[prefix] ?? prefix.toLowerCase();
      const changes = entries.flatMap(({ type, role, records }) =>
        records
          .map((record) => record.split(' '))
          .filter((record) => record[0] === kind && record[1] === id)
          .map((record) => ({ event: type, role, version: Number(record[2]) })),
      );
      changes.sort((one, other) => one.version - other.version);
      return { kind, id, row, changes };
    });
};

const isGapless = ({ row, changes }: Traced): boolean =>
  changes.length === row.version && changes.every(({ version }, index) => version === index + 1);

const Determined = z.looseObject({ applicationId: z.string(), reviewId: z.string(), confirmedBy: z.string() });
const Assessed = z.looseObject({ assessors: z.array(z.string()) });

const byFourEyes = (rows: readonly Row[], determination: Row): boolean => {
  const { reviewId, confirmedBy } = Determined.parse(determination);
  const review = rows.find(({ pk }) => pk === `REVIEW#${reviewId}`);
  return !Assessed.parse(review).assessors.includes(confirmedBy);
};

/** What must hold in the tables. `secrets` are the names, resident IDs and accounts that were handed in: none may be readable there. */
export const invariantsOfRecords = ({ roster, audit }: Records, secrets: readonly string[]): readonly Invariant[] => {
  const rows = roster.map((row) => Row.parse(row));
  const traced = tracedRecords(rows, audit);
  const living = traced.filter(({ kind }) => hasLifecycle(kind));
  // What a new policy or a change in the household led to comes from no application and was assessed by nobody.
  const determinations = rows.filter((row) => row.pk.startsWith('DETERMINATION#') && row['change'] === undefined);
  const applications = rows.filter(({ pk }) => pk.startsWith('APPLICATION#'));
  const decisionsOf = (applicationId: string): number =>
    determinations.filter((row) => row['applicationId'] === applicationId).length;
  const everything = [...roster, ...audit];
  return [
    invariant(
      '每条记录的每个版本都恰有一条审计，无缺号',
      'every version of every record has exactly one audit entry, without a gap',
      traced.map((record) => [record.id, isGapless(record)]),
    ),
    invariant(
      '每条记录的状态都由生命周期允许的动作、由有权的人得来',
      'every record came to its state by moves its lifecycle allows, made by who may make them',
      living.map(({ kind, id, row, changes }) => {
        const state = String(row['state']);
        return [id, isStateOf(kind, state) && replay(kind, changes).includes(state)];
      }),
    ),
    invariant(
      '已办结的申请恰有一份决定，未办结的没有',
      'an application has one determination when it is decided, and none before',
      applications.map((row) => {
        const decided = ['granted', 'refused'].includes(String(row['state']));
        const id = row.pk.slice('APPLICATION#'.length);
        return [id, decisionsOf(id) === (decided ? 1 : 0)];
      }),
    ),
    invariant(
      '没有人确认自己调查过的事',
      'nobody confirmed what he or she had assessed',
      determinations.map((row) => [row.pk, byFourEyes(rows, row)]),
    ),
    invariant(
      '数据表中读不到任何姓名、身份证号和账号',
      'no name, no resident ID and no account number can be read in a table',
      everything.map((row) => {
        const text = JSON.stringify(row);
        return [String(row['pk']), !secrets.some((secret) => text.includes(secret))];
      }),
    ),
    invariant('待发事件无遗留', 'nothing is left behind in the outbox', [
      ['OUTBOX', rows.every(({ pk }) => !pk.startsWith('OUTBOX#'))],
    ]),
  ];
};

/** Decided, withdrawn, in public until a day that has not passed, or on a desk: within its time or escalated. */
const isAccountedFor = (application: ApplicationView, review: ReviewView, day: string): boolean => {
  if (application.determinationId !== null) return ['granted', 'refused'].includes(application.state);
  if (application.state === 'withdrawn') return true;
  const inPublic = review.notice?.state === 'published' && review.notice.endsOn >= day;
  const onDesk = review.tasks.some(({ state, dueOn }) => state === 'escalated' || (state === 'open' && dueOn >= day));
  return inPublic || onDesk;
};

const whereabouts = async (world: World, told: readonly ToldStory[]): Promise<Invariant> => {
  const day = await today(world);
  const subjects: [string, boolean][] = [];
  for (const applicationId of told.flatMap(({ applications }) => applications)) {
    const as = staff.auditor;
    const { body: application } = granted(await call(world, 'readApplication', { as, params: { applicationId } }));
    const { reviewId } = application;
    const { body: review } = granted(await call(world, 'readReview', { as, params: { reviewId } }));
    subjects.push([applicationId, isAccountedFor(application, review, day)]);
  }
  return invariant(
    '每份申请都有唯一结果，或在时限之内，或已升级',
    'every application has its one outcome, or is within a deadline, or is escalated',
    subjects,
  );
};

/** Checks what must hold whatever the stories did: through the API everywhere, and in the tables where they can be read. */
export const checkInvariants = async (
  world: World,
  told: readonly ToldStory[],
  secrets: readonly string[],
): Promise<readonly Invariant[]> => {
  await world.settle();
  const byApi = await whereabouts(world, told);
  return world.records === undefined ? [byApi] : [byApi, ...invariantsOfRecords(await world.records(), secrets)];
};
