import { randomUUID } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { completion, newCouple, residentId, submission, worker } from '../../end-to-end/requests.ts';
import type { Answer, Ask, RunningPlatform } from '../../end-to-end/running-platform.ts';
import type { Canary } from './canaries.ts';

const husband = residentId('19571103', 811);
const wife = residentId('19610719', 812);
const broken = residentId('19620315', 813);
const struck = residentId('19640811', 815);
const reported = residentId('19480229', 817);

/** One distinctive value in each field that could hurt somebody. */
export const canaries: readonly Canary[] = [
  { field: 'name of the applicant', value: '金丝雀甲乙' },
  { field: 'name of a member', value: '金丝雀丙丁' },
  { field: 'name in a case that breaks', value: '金丝雀戊己' },
  { field: 'resident ID of the applicant', value: husband },
  { field: 'resident ID of a member', value: wife },
  { field: 'resident ID in a case that breaks', value: broken },
  { field: 'resident ID as it was once written', value: `${husband.slice(0, 6)}${husband.slice(8, 17)}` },
  { field: 'income', value: '471101347117' },
  { field: 'assets', value: '471101347129' },
  { field: 'spending on health', value: '471101347131' },
  { field: 'category of a disability', value: 'psychiatric' },
  { field: 'paper that tells an illness', value: 'illness-diagnosis' },
  { field: 'note of a visit', value: 'canary-of-the-visit, 探访所见金丝雀' },
  { field: 'note of a confirmation', value: 'canary-of-the-confirmation' },
  { field: 'amount found on a visit', value: '471101347143' },
  { field: 'grounds of an objection', value: 'canary-of-the-objection, 邻居说金丝雀' },
  { field: 'a name where a field’s name should be', value: '金丝雀庚辛' },
  { field: 'a value in a refused request', value: 'canary-of-a-refused-request' },
  { field: 'name of whom an emergency struck', value: '金丝雀壬癸' },
  { field: 'resident ID of whom an emergency struck', value: struck },
  { field: 'reference of an occasion', value: 'CANARY-OF-AN-OCCASION' },
  { field: 'name of whom was reported', value: '金丝雀子丑' },
  { field: 'resident ID of whom was reported', value: reported },
  { field: 'place of whom was reported', value: 'canary-of-a-place' },
  { field: 'words of a reporter', value: 'canary-of-a-report, 邻居见金丝雀' },
  { field: 'note of an outreach', value: 'canary-of-an-outreach' },
  { field: 'a poison record', value: 'canary-of-a-poison-record' },
];
const plantedIn = (field: string): string => canaries.find((each) => each.field === field)?.value ?? '';

const Ids = z.looseObject({
  applicationId: z.string(),
  reviewId: z.string(),
  members: z.tuple([z.looseObject({ personId: z.string() })], z.unknown()),
});
const Tasks = z.looseObject({
  tasks: z.array(z.looseObject({ taskId: z.string(), reviewId: z.string().nullable(), kind: z.string() })),
});
const Review = z.looseObject({ notice: z.looseObject({ noticeId: z.string() }).nullable() });

/** A couple that is poor, or one that owns what nobody overlooks. */
const household = (names: readonly [string, string], ids: readonly [string, string], assets = 200_000): unknown => {
  const couple = newCouple();
  return {
    ...couple,
    members: couple.members.map((member, index) => ({
      ...member,
      name: names[index],
      residentId: ids[index],
      incomes: { wages: 0, transfer: 60_000, exempt: Number(plantedIn('income')) },
      ...(index === 1 ? { disability: { category: 'psychiatric', level: 2 }, majorIllness: true } : {}),
    })),
    property: { ...couple.property, financialAssets: assets },
    expenditure: { medical: Number(plantedIn('spending on health')) },
    papers: [
      ...couple.papers,
      { kind: 'illness-diagnosis', member: couple.members[1]?.ref },
      { kind: 'disability-certificate', member: couple.members[1]?.ref },
      { kind: 'medical-receipts' },
    ],
  };
};

/** Requests that are refused with a canary in every part of them. */
const refusals = (reviewId: string): readonly Ask[] => {
  const canary = plantedIn('a value in a refused request');
  const unknown = plantedIn('a name where a field’s name should be');
  const couple = newCouple();
  const json = JSON.stringify(couple);
  return [
    submission({ ...couple, [unknown]: husband }),
    submission({ ...couple, settlement: canary }),
    submission({ ...couple, members: [{ ...couple.members[0], residentId: `${husband}9`, name: canary.repeat(9) }] }),
    submission({ ...couple, declarationSignedOn: husband }),
    submission(`${json.slice(0, -1)},"${unknown}":"${canary}","${unknown}":1}`),
    submission(`${json.slice(0, -1)},"x":"${canary}\\ud800"}`),
    submission(`${canary}${json}`),
    { ...submission(couple), headers: { 'idempotency-key': `${canary} ${husband}` } },
    { as: worker, path: `/applications/${canary}` },
    { as: worker, path: `/applications/${encodeURIComponent(plantedIn('name of the applicant'))}` },
    { as: worker, path: `/tasks?county=${husband}` },
    { as: worker, path: `/tasks?${encodeURIComponent(unknown)}=${canary}` },
    submission({ ...couple, [husband]: 1, [canary.repeat(3)]: 1 }),
    { as: worker, path: `/tasks?limit=${canary}` },
    { as: worker, path: `/reviews/${reviewId}`, headers: { 'x-correlation-id': canary, 'accept-language': canary } },
    { as: 'agency', path: `/reviews/${reviewId}`, headers: { 'user-agent': canary } },
  ];
};

/** A row of the roster with an outbox item nobody can read, and one household whose envelope was damaged. */
const breakThings = async (endpoint: string): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const TableName = TableNames.find((name) => name.includes('Roster')) ?? '';
    const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    const rows = Items.map((item) => unmarshall(item));
    const [applied] = rows
      .filter(({ pk, state }) => String(pk).startsWith('APPLICATION#') && state === 'accepted')
      .slice(-1);
    const target = rows.find(({ pk }) => pk === `HOUSEHOLD#${String(applied?.['householdId'])}`);
    if (target === undefined) throw new Error('there is no household to damage');
    const damaged = Object.fromEntries(
      Object.entries(target).map(([name, value]) =>
        value instanceof Uint8Array
          ? [name, Buffer.from(value).fill(7, Math.max(0, value.length - 4))]
          : [name, value as unknown],
      ),
    );
    await client.send(new PutItemCommand({ TableName, Item: marshall(damaged) }));
    const poison = {
      pk: 'OUTBOX#0',
      sk: `2026-03-02T00:00:00.000Z#evt_${'0'.repeat(32)}`,
      eventId: `evt_${'0'.repeat(32)}`,
      type: 'ApplicationSubmitted',
      at: 'never',
    };
    await client.send(
      new PutItemCommand({ TableName, Item: marshall({ ...poison, note: plantedIn('a poison record') }) }),
    );
  } finally {
    client.destroy();
  }
};

export interface StoryResult {
  /** Every answer that was no success, as it was sent. */
  readonly refusals: readonly Answer[];
  /** What the platform tells of itself, workflow histories among it. */
  readonly told: readonly string[];
  readonly notes: readonly string[];
}

const must = (answer: Answer, what: string): Answer => {
  if (answer.status >= 300) throw new Error(`${what} was refused: ${answer.status} ${answer.text}`);
  return answer;
};

const patience = 6;
/** Waits until nothing is under way; on a busy machine that may take more than one asking. */
const rest = async (platform: RunningPlatform): Promise<void> => {
  for (let asked = 1; ; asked += 1) {
    try {
      return await platform.settle();
    } catch (error) {
      if (asked === patience) throw error;
    }
  }
};

/** Quick aid to somebody with a name, to somebody without, and to the first once more, which is refused. */
const aidInEmergencies = async (platform: RunningPlatform, division: string): Promise<Answer> => {
  const posted = (as: string, path: string, body: unknown): Promise<Answer> =>
    platform.ask({ as, path, method: 'POST', body, headers: { 'idempotency-key': randomUUID() } });
  const of = (person: object) => ({
    ...{ incidentDivision: division, settlement: 'rural', cause: 'fire', amount: 20_000, person },
    ...{ happenedOn: '2026-03-02', reportedOn: '2026-03-02' },
  });
  const name = plantedIn('name of whom an emergency struck');
  const named = of({ known: 'identified', name, residentId: struck });
  const unknown = of({ known: 'unidentified', name, reference: plantedIn('reference of an occasion') });
  must(await posted('county-worker', `/emergency-reserves/${division}/allocations`, { amount: 90_000 }), 'money');
  const { emergencyAidId } = z
    .looseObject({ emergencyAidId: z.string() })
    .parse(must(await posted(worker, '/emergency-aid', named), 'quick aid').body);
  must(await posted(worker, '/emergency-aid', unknown), 'quick aid to somebody unknown');
  must(await posted(worker, `/emergency-aid/${emergencyAidId}/payment`, { paidOn: '2026-03-02' }), 'a payment');
  const again = await posted('township-worker-2', '/emergency-aid', named);
  if (!again.text.includes('emergency-already-aided'))
    throw new Error(`quick aid was given twice: ${again.status} ${again.text}`);
  return again;
};

/** A word about somebody, told twice, followed up and ended; and one that is refused. */
const wordsOfReporters = async (platform: RunningPlatform, division: string): Promise<Answer> => {
  const posted = (as: string | undefined, path: string, body?: unknown, seen?: string): Promise<Answer> =>
    platform.ask({
      ...(as === undefined ? {} : { as }),
      ...{ path, method: 'POST' },
      headers: { 'idempotency-key': randomUUID(), ...(seen === undefined ? {} : { 'if-match': seen }) },
      ...(body === undefined ? {} : { body }),
    });
  const person = {
    name: plantedIn('name of whom was reported'),
    residentId: reported,
    place: plantedIn('place of whom was reported'),
  };
  const word = {
    ...{ division, reporter: 'neighbour', hardship: 'illness', person },
    words: plantedIn('words of a reporter'),
  };
  const told = must(await posted(undefined, '/public-reports', word), 'a report');
  must(await posted(worker, '/reports', word), 'a report of the same person');
  const { reportId } = z.looseObject({ reportId: z.string() }).parse(told.body);
  must(await posted(worker, `/reports/${reportId}/follow-up`), 'going there');
  const read = must(await platform.ask({ as: worker, path: `/reports/${reportId}` }), 'reading a report');
  const seen = read.headers.get('etag') ?? '';
  const outcome = { outcome: 'not-wanted', note: plantedIn('note of an outreach') };
  must(await posted(worker, `/reports/${reportId}/outcome`, outcome, seen), 'the end of a report');
  return posted(undefined, '/public-reports', { ...word, person: { ...person, residentId: `${reported}9` } });
};

/** Leads a household with a canary in every field through a whole review: refusals, objection, failed step, poison record and all. */
export const runStory = async (platform: RunningPlatform): Promise<StoryResult> => {
  const notes: string[] = [];
  const openTask = async (reviewId: string, as: string): Promise<{ taskId: string; kind: string } | undefined> => {
    const { tasks } = Tasks.parse((await platform.ask({ as, path: '/tasks?limit=100' })).body);
    return tasks.find((task) => task.reviewId === reviewId);
  };
  const visitedOn = '2026-03-02';
  const visit = async (reviewId: string, personId: string): Promise<void> => {
    const task = await openTask(reviewId, worker);
    if (task?.kind !== 'field-assessment') throw new Error(`no visit is open, but ${task?.kind}`);
    const findings = [{ kind: 'income.exempt', personId, value: Number(plantedIn('amount found on a visit')) }];
    const result = {
      kind: 'field-assessment',
      visitedOn,
      investigators: [worker, 'township-worker-2'],
      findings,
      note: plantedIn('note of a visit'),
    };
    must(await platform.ask(completion(task.taskId, worker, result)), 'a visit');
    await rest(platform);
  };
  const submitted = must(
    await platform.ask(submission(household(['金丝雀甲乙', '金丝雀丙丁'], [husband, wife]))),
    'a submission',
  );
  const { reviewId, applicationId, members } = Ids.parse(submitted.body);
  const [{ personId }] = members;
  await rest(platform);
  await visit(reviewId, personId);
  const { notice } = Review.parse((await platform.ask({ as: worker, path: `/reviews/${reviewId}` })).body);
  if (notice === null) throw new Error('no notice, so no objection could be raised');
  const objection: Ask = {
    method: 'POST',
    path: `/notices/${notice.noticeId}/objections`,
    body: { grounds: plantedIn('grounds of an objection') },
    headers: { 'idempotency-key': randomUUID() },
  };
  must(await platform.ask(objection), 'an objection');
  await rest(platform);
  await visit(reviewId, personId);
  await platform.advanceDays(8);
  await rest(platform);
  const confirmation = await openTask(reviewId, 'approver');
  if (confirmation?.kind === 'county-confirmation') {
    const result = { kind: 'county-confirmation', decision: 'confirm', note: plantedIn('note of a confirmation') };
    must(await platform.ask(completion(confirmation.taskId, 'approver', result)), 'a confirmation');
    await rest(platform);
  } else throw new Error(`no confirmation is open, but ${confirmation?.kind}`);

  const refused: Answer[] = [
    await aidInEmergencies(platform, newCouple().registeredDivision),
    await wordsOfReporters(platform, newCouple().registeredDivision),
  ];
  for (const ask of refusals(reviewId)) refused.push(await platform.ask(ask));
  const second = must(
    await platform.ask(
      submission(
        household(['金丝雀戊己', '金丝雀丙丁'], [broken, residentId('19630101', 814)], Number(plantedIn('assets'))),
      ),
    ),
    'a submission',
  );
  await rest(platform);
  const { dynamodbUrl } = z.looseObject({ dynamodbUrl: z.string() }).parse(await platform.control('/health'));
  await breakThings(dynamodbUrl);
  const { reviewId: brokenReview, applicationId: brokenApplication } = Ids.parse(second.body);
  const task = await openTask(brokenReview, worker);
  if (task !== undefined) {
    const result = {
      kind: 'field-assessment',
      visitedOn,
      investigators: [worker, 'township-worker-2'],
      findings: [],
      note: plantedIn('note of a visit'),
    };
    refused.push(await platform.ask(completion(task.taskId, worker, result)));
  }
  refused.push(await platform.ask({ as: worker, path: `/applications/${brokenApplication}` }));
  await rest(platform);
  await platform.advanceDays(1);
  await rest(platform);
  const told = [
    JSON.stringify(await platform.control('/stats')),
    JSON.stringify(await platform.control('/executions?limit=1000')),
  ];
  for (const path of [`/applications/${applicationId}`, `/reviews/${reviewId}`])
    notes.push(`${path}: ${(await platform.ask({ as: worker, path })).status}`);
  return { refusals: refused.filter(({ status }) => status >= 300), told, notes };
};
