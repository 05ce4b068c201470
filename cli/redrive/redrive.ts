import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { findLocalInstance } from '../connection/local-instance.ts';
import { ConnectionOptions, withEnvironment } from '../connection/options.ts';
import { CommandFailure } from '../failure.ts';
import { says } from '../language.ts';
import type { Outcome, Session } from '../session.ts';
import { tableOf } from '../show/table.ts';
import { type Outbox, outboxOf, type Waiting } from './outbox.ts';
import { type Letter, type Queues, queuesOf } from './queues.ts';

export interface RedriveOptions {
  readonly data?: string | undefined;
  readonly table?: string | undefined;
  readonly queue: readonly string[];
  readonly dryRun: boolean;
  /** Seconds to wait for what becomes of the events. */
  readonly wait: number;
}

type Result = 'relayed' | 'failed again' | 'still waiting' | 'overtaken' | 'listed';
interface Event extends Waiting {
  readonly result: Result;
}

/** What the relay has not taken up by then, it has failed with, or never got. */
const strandedAfterMs = 15 * 60_000;
/** A record reaches the stream within this of the moment in it. */
const slackMs = 2 * 60_000;
const pollMs = 250;

const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const Addresses = z.looseObject({ dynamodbUrl: z.url(), awsUrl: z.url(), controlUrl: z.url() });
const Clock = z.looseObject({ now: z.iso.datetime() });

const noTable = (): CommandFailure =>
  new CommandFailure({
    title: says('找不到登记表', 'The Roster table was not found'),
    cause: says('实例没有名称含 Roster 的表。', 'The instance has no table whose name has Roster in it.'),
    cure: says('请用 --table 指明表名。', 'Name the table with --table.'),
  });

/** Whoever calls AWS has to say where, and who they are; asked before the first call, which would end in the words of the library. */
const onAws = async (table: string) => {
  const dynamodb = new DynamoDBClient({});
  try {
    await dynamodb.config.region();
    await dynamodb.config.credentials();
  } catch (error) {
    throw new CommandFailure(
      {
        title: says('无法连接 AWS', 'AWS cannot be called'),
        cause: says(
          '没有设置区域或访问凭证，或者凭证已失效。',
          'No region or no credentials are set, or they hold no more.',
        ),
        cure: says(
          '请设置 AWS_REGION，并提供可查询和写入登记表、读取队列的凭证（例如 AWS_PROFILE）；本机实例请去掉 --table。',
          'Set AWS_REGION, and credentials that may query and write the Roster table and read the queue, such as AWS_PROFILE; for the instance on this machine leave out --table.',
        ),
        exitCode: 2,
      },
      { cause: error },
    );
  }
  return { dynamodb, sqs: new SQSClient({}), table, now: new Date().toISOString() };
};

/** Where the tables and queues are: the instance on this machine, or AWS with the credentials of whoever calls. */
const connected = async ({ data, table }: RedriveOptions, { terminal }: Session) => {
  if (table !== undefined) return onAws(table);
  const options = withEnvironment(ConnectionOptions.parse({ data }), terminal.environment);
  const { dynamodbUrl, awsUrl, controlUrl } = Addresses.parse(findLocalInstance(options.data, terminal.folder));
  const dynamodb = new DynamoDBClient({ ...local, endpoint: dynamodbUrl });
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const found = TableNames.find((name) => name.includes('Roster'));
  if (found === undefined) throw noTable();
  const { now } = Clock.parse(await (await fetch(`${controlUrl}/clock`)).json());
  return { dynamodb, sqs: new SQSClient({ ...local, endpoint: awsUrl }), table: found, now };
};

const earlier = (instant: string, ms: number): string => new Date(Date.parse(instant) - ms).toISOString();

/** Waits until the relay has answered for an event, one way or the other. */
const resultOf = async (outbox: Outbox, waiting: Waiting, deadline: number, { terminal }: Session): Promise<Event> => {
  for (;;) {
    const now = await outbox.again(waiting);
    if (now === undefined) return { ...waiting, result: 'relayed' };
    if (now.attempts > waiting.attempts || now.failedAt !== waiting.failedAt) return { ...now, result: 'failed again' };
    if (performance.now() > deadline || terminal.interrupted.aborted) return { ...now, result: 'still waiting' };
    await terminal.pause(pollMs);
  }
};

/** Whether a message of a stream may be about an event: it names when its records were written, and nothing else. */
const isAbout = ({ records }: Letter, { at }: Waiting): boolean =>
  records !== undefined &&
  Date.parse(at) >= Date.parse(records.from) - slackMs &&
  Date.parse(at) <= Date.parse(records.to) + slackMs;

const columns = [
  ['事件', 'event'],
  ['类型', 'type'],
  ['失败次数', 'failures'],
  ['原因', 'reason'],
  ['位置', 'in'],
  ['等待', 'waiting'],
  ['结果', 'result'],
] as const;

const ageOf = (at: string, now: string): string => {
  const minutes = Math.round((Date.parse(now) - Date.parse(at)) / 60_000);
  if (!Number.isFinite(minutes)) return '?';
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};

const shown = (events: readonly Event[], letters: readonly Letter[], now: string, session: Session): string => {
  const headings = columns.map(([zh, en]) => ({ heading: session.say(says(zh, en)) }));
  const rows = events.map(({ eventId, type, attempts, reason, failedIn, isParked, at, result }) => [
    eventId,
    type,
    String(attempts),
    reason ?? '-',
    isParked ? `${failedIn ?? '-'} (parked)` : (failedIn ?? '-'),
    ageOf(at, now),
    result,
  ]);
  const ofQueues = letters.map(
    ({ queueUrl, function: name, reason, at, records }) =>
      `${queueUrl.split('/').at(-1)}: ${name}, ${reason}, ${ageOf(at, now)}${records === undefined ? '' : `, ${records.count} records`}`,
  );
  return [
    session.say(
      says(
        `${events.length} 个事件，${letters.length} 条死信`,
        `${events.length} events, ${letters.length} dead letters`,
      ),
    ),
    ...(rows.length === 0 ? [] : [tableOf(headings, rows)]),
    ...ofQueues,
  ].join('\n');
};

/** Later than every event: with it, all of the outbox is meant. */
const endOfTime = '9999';

/** What is to be given again: what has failed or was left behind, and whatever a message of a queue may be about. */
const toGive = async (outbox: Outbox, letters: readonly Letter[], now: string): Promise<readonly Waiting[]> =>
  (await outbox.waiting(endOfTime)).filter(
    (each) =>
      each.isParked ||
      each.reason !== null ||
      each.at < earlier(now, strandedAfterMs) ||
      letters.some((letter) => isAbout(letter, each)),
  );

/** Gives events again, and waits for what becomes of them. Interrupted, it leaves the rest as they are. */
const giveAll = async (
  outbox: Outbox,
  waiting: readonly Waiting[],
  { dryRun, wait }: RedriveOptions,
  session: Session,
): Promise<readonly Event[]> => {
  const events: Event[] = [];
  const given: Waiting[] = [];
  for (const each of waiting) {
    if (dryRun || session.terminal.interrupted.aborted) events.push({ ...each, result: 'listed' });
    else if (await outbox.giveAgain(each)) given.push(each);
    else events.push({ ...each, result: 'overtaken' });
  }
  const deadline = performance.now() + wait * 1_000;
  for (const each of given) events.push(await resultOf(outbox, each, deadline, session));
  return events;
};

/** Takes away the messages of which nothing is left, and puts back all others. Answers how many it took away. */
const settleAll = async (
  queues: Queues,
  outbox: Outbox,
  letters: readonly Letter[],
  dryRun: boolean,
): Promise<number> => {
  const left = await outbox.waiting(endOfTime);
  let settled = 0;
  for (const letter of letters) {
    const isDone = !dryRun && letter.records !== undefined && !left.some((each) => isAbout(letter, each));
    await (isDone ? queues.settle(letter) : queues.putBack(letter));
    if (isDone) settled += 1;
  }
  return settled;
};

/**
 * `hearth redrive`: lists what was given up, with reason and age, and gives it again. A message of a queue goes only when nothing that it
 * may be about is left; an event only when it was relayed. The lost run of a scheduled function is only listed: the next run does its work.
 */
export const redrive = async (options: RedriveOptions, session: Session): Promise<Outcome> => {
  const { dynamodb, sqs, table, now } = await connected(options, session);
  const [outbox, queues] = [outboxOf(dynamodb, table), queuesOf(sqs)];
  const letters: Letter[] = [];
  try {
    const urls = options.table !== undefined && options.queue.length === 0 ? [] : await queues.urls(options.queue);
    for (const url of urls) letters.push(...(await queues.letters(url)));
    const events = await giveAll(outbox, await toGive(outbox, letters, now), options, session);
    const settled = await settleAll(queues, outbox, letters, options.dryRun);
    session.show(shown(events, letters, now, session));
    return outcomeOf(events, letters, settled, options.dryRun);
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
};

const outcomeOf = (events: readonly Event[], letters: readonly Letter[], settled: number, dryRun: boolean): Outcome => {
  const withResult = (result: Result): number => events.filter((event) => event.result === result).length;
  const unsolved = withResult('failed again') + withResult('still waiting');
  return {
    exitCode: unsolved > 0 ? 1 : 0,
    object: {
      name: 'redrive',
      dryRun,
      measures: [
        { name: 'failed again or still waiting', value: unsolved, unit: 'events', goal: '<= 0', holds: unsolved === 0 },
        { name: 'relayed', value: withResult('relayed'), unit: 'events', goal: 'told', holds: true },
        { name: 'dead letters', value: letters.length, unit: 'messages', goal: 'told', holds: true },
        { name: 'dead letters settled', value: settled, unit: 'messages', goal: 'told', holds: true },
      ],
      events: events.map(({ item: _item, ...event }) => event),
      letters: letters.map(({ receipt: _receipt, ...letter }) => letter),
    },
  };
};
