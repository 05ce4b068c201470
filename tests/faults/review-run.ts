import { z } from 'zod';
import { SubmittedApplication } from '../../contracts/api/applications.ts';
import { dateInChina, endOfDayInChina } from '../../domain/dates.ts';
import type { Notice } from '../../domain/notices/notice.ts';
import { DivisionCode } from '../../domain/people/divisions.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { approver, county, countyWorker, investigators, townshipWorker } from '../support/people.ts';
import { reviewsUnderWay } from './checks.ts';
import { bringAbout, insist, obtain, type Request } from './people.ts';
import { attendReferrals } from './referral-run.ts';
import type { ReviewScenario } from './scenarios.ts';
import type { World } from './world.ts';

/** How the hours pass in a run. */
export type Timing = 'as-it-should' | 'sweeps-fire-twice' | 'sweeps-miss-a-day' | 'people-overtake';

/** What somebody was promised, and whether the same request still gets the same. */
export interface Promised {
  readonly request: Request;
  readonly body: unknown;
  /** Virtual milliseconds. */
  readonly at: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const mostTurns = 60;
/** An event older than this has been lost, and the sweep passes it on. */
const strandedAfterMs = 16 * minuteMs;

const countyCode = DivisionCode.parse(county);
const Missing = z.looseObject({ kind: z.string(), personId: z.string().nullable() });

/** Sweeps as the schedule would: a sweep that failed is called twice more. */
const sweepOnce = async (world: World): Promise<void> => {
  for (let attempt = 0; attempt < 3; attempt += 1) if ((await world.invoke('sweep', '{}')).ok) return;
};
const sweepNow = async (world: World, timing: Timing): Promise<void> => {
  if (timing === 'sweeps-fire-twice') await Promise.all([sweepOnce(world), sweepOnce(world)]);
  else await sweepOnce(world);
};

const visit = ({ taskId, openedAt }: Task): Request => ({
  operation: 'completeTask',
  as: townshipWorker,
  params: { taskId },
  body: {
    kind: 'field-assessment',
    visitedOn: dateInChina(openedAt),
    investigators: [...investigators],
    findings: [],
  },
});

const confirmation = ({ taskId }: Task, decision: 'confirm' | 'return'): Request => ({
  operation: 'completeTask',
  as: approver,
  params: { taskId },
  body: { kind: 'county-confirmation', decision },
});

/** What the panel found out of a household of which nobody had said what it owns. */
const panelFindings = [
  { kind: 'asset.financial', value: 200_000 },
  { kind: 'asset.dwellings', value: 1 },
  { kind: 'asset.vehicles', value: 0 },
  { kind: 'asset.businesses', value: 0 },
  { kind: 'asset.non-residential', value: 0 },
];
const panelAnswer = ({ taskId }: Task): Request => ({
  operation: 'completeTask',
  as: countyWorker,
  params: { taskId },
  body: { kind: 'case-panel', findings: panelFindings, note: 'The panel has looked at it.' },
});

/** What came of a run: what people were promised, and which promises were broken while it went. */
export interface ReviewRun {
  readonly promises: readonly Promised[];
  readonly broken: readonly string[];
}

/** Leads one application to its end, as people would who know nothing of faults. */
export const runReview = async (
  world: World,
  scenario: ReviewScenario,
  timing: Timing = 'as-it-should',
): Promise<ReviewRun> => {
  const promises: Promised[] = [];
  const promised = async (request: Request): Promise<unknown> => {
    const { body } = await obtain(world, request);
    promises.push({ request, body, at: world.now() });
    return body;
  };
  const submission: Request = {
    operation: 'submitApplication',
    as: townshipWorker,
    body: scenario.body(),
    key: 'the-key-of-the-submission',
  };
  const submitted = SubmittedApplication.parse(await promised(submission));
  const { applicationId, reviewId } = submitted;
  let objected = false;
  let returned = false;

  const application = async () => {
    const found = await world.observer.application(applicationId);
    if (found === undefined) throw new Error('an acknowledged application is not there');
    return found;
  };
  const withdraw = (): Promise<void> =>
    bringAbout(world, async () => {
      const { state, version } = await application();
      if (state === 'withdrawn') return undefined;
      const body = { reason: 'applicant-request' };
      return {
        operation: 'withdrawApplication',
        as: townshipWorker,
        params: { applicationId },
        ifMatch: version,
        body,
      };
    });
  const supply = (): Promise<void> =>
    bringAbout(world, async () => {
      const { state, version, requestedPapers } = await application();
      if (state === 'accepted') return undefined;
      const missing = z.array(Missing).parse(requestedPapers ?? []);
      const consents = missing.filter(({ kind }) => kind === 'consent');
      return {
        operation: 'supplementApplication',
        as: townshipWorker,
        params: { applicationId },
        ifMatch: version,
        body: {
          papers: missing.filter(({ kind }) => kind !== 'consent'),
          consents: consents.map(({ personId }) => ({ personId, givenOn: '2026-03-01', expiresOn: '2027-02-28' })),
        },
      };
    });
  /** A task is done by somebody who sees it; done already is done. */
  const complete = (request: Request): Promise<void> =>
    bringAbout(world, async () => {
      const task = await world.observer.task(request.params?.['taskId'] as never);
      return task === undefined || task.state === 'completed' || task.state === 'cancelled' ? undefined : request;
    });

  const attend = async (task: Task): Promise<void> => {
    if (task.kind === scenario.withdrawsAt) return withdraw();
    switch (task.kind) {
      case 'supply-papers':
        return supply();
      case 'field-assessment':
        return complete(visit(task));
      case 'county-confirmation': {
        const decision = scenario.returns && !returned ? 'return' : 'confirm';
        returned = true;
        return complete(confirmation(task, decision));
      }
      case 'case-panel':
        return complete(panelAnswer(task));
      case 'policy-change-check':
      case 'emergency-payment':
      case 'emergency-papers':
      case 'emergency-closure':
      case 'emergency-full-review':
      case 'grievance-acceptance':
      case 'grievance-complaint':
      case 'grievance-review':
      case 'grievance-remedy':
      case 'alert-red':
      case 'alert-orange':
      case 'alert-yellow':
      case 'alert-blue':
      case 'entitled-not-delivered':
      case 'referral-unanswered':
      case 'left-still-in-hardship':
      case 'undecided-in-hardship':
      case 'possible-double-registration':
      case 'outreach':
      case 'periodic-review':
        throw new Error(`a review has opened a task of another kind: ${task.kind}`);
    }
  };
  const attendNotice = async ({ noticeId, endsOn }: Notice): Promise<void> => {
    if (scenario.withdrawsAt === 'notice') return withdraw();
    if (scenario.objects && !objected) {
      objected = true;
      const body = { grounds: 'They own more than they say.' };
      await promised({ operation: 'objectToNotice', params: { noticeId }, body, key: 'the-key-of-the-objection' });
      return undefined;
    }
    world.pass(Date.parse(endOfDayInChina(endsOn)) - world.now() + (timing === 'sweeps-miss-a-day' ? dayMs : minuteMs));
    return sweepNow(world, timing);
  };

  if (scenario.withdrawsAt === 'submission') await withdraw();
  const broken = await brokenPromises(world, promises);
  const isOver = async (): Promise<boolean> =>
    ['granted', 'refused', 'withdrawn'].includes((await application()).state) && reviewsUnderWay(world).length === 0;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    await world.settle(timing === 'people-overtake' ? 'hastens' : 'waits-for-retries');
    const task = (await world.observer.openTasks(countyCode, countyCode, 10, null)).items[0];
    const notice = (await world.observer.publishedNotices(countyCode, 10, null)).items[0];
    if (task !== undefined) await attend(task);
    else if (notice !== undefined) await attendNotice(notice);
    else if (await isOver()) break;
    else {
      await world.settle();
      world.pass(timing === 'sweeps-miss-a-day' ? dayMs : strandedAfterMs);
      await sweepNow(world, timing);
    }
  }
  if (scenario.refers)
    await attendReferrals(world, () => {
      world.pass(strandedAfterMs);
      return sweepNow(world, timing);
    });
  // Whatever is left in the outbox has twenty minutes to be found.
  for (let sweeps = 0; sweeps < 2; sweeps += 1) {
    await world.settle();
    world.pass(strandedAfterMs);
    await sweepNow(world, timing);
  }
  await world.settle();
  if (!(await isOver())) throw new Error(`review ${reviewId} stands still in ${(await application()).state}`);
  return { promises, broken };
};

/** A key is remembered for seven days (adapters/dynamodb/commit.ts); after that the same request is a new one. */
const rememberedMs = 7 * dayMs;

/** Asks again for everything that is still promised; names what is now answered otherwise. */
export const brokenPromises = async (world: World, promises: readonly Promised[]): Promise<readonly string[]> => {
  const broken: string[] = [];
  for (const { request, body, at } of promises) {
    if (world.now() - at >= rememberedMs) continue;
    const again = await insist(world, request);
    if (JSON.stringify(again.body) !== JSON.stringify(body))
      broken.push(`${request.operation} asked again with its key was answered otherwise, with ${again.status}`);
  }
  return broken;
};
